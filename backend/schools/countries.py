"""The participating countries and their names from CLDR."""

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PARTICIPANTS = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
    "IS",
    "LI",
    "NO",
    "MK",
    "RS",
    "TR",
    "AL",
    "BA",
    "ME",
    "XK",
    "AM",
    "AZ",
    "GE",
    "JO",
    "LB",
    "MD",
    "PS",
    "TN",
    "UA",
]


def country_label(code: str) -> str:
    """The country's name in the active language; Kosovo with the mark of its footnote."""
    name: str = Locale.parse(get_language() or "en", sep="-").territories.get(code, code)
    return f"{name}*" if code == "XK" else name


def kosovo_footnote() -> str:
    return _("* This designation is without prejudice to positions on status.")
