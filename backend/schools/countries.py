"""The participating countries and their names from CLDR."""

from babel import Locale
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def country_label(code: str) -> str:
    """The country's name in the active language; Kosovo with the mark of its footnote."""
    name: str = Locale.parse(get_language() or "en", sep="-").territories.get(code, code)
    return f"{name}*" if code == "XK" else name


class CountryCode(TextChoices):
    """ISO 3166-1 alpha-2, XK for Kosovo; names come from CLDR."""

    AT = "AT"
    BE = "BE"
    BG = "BG"
    CY = "CY"
    CZ = "CZ"
    DE = "DE"
    DK = "DK"
    EE = "EE"
    ES = "ES"
    FI = "FI"
    FR = "FR"
    GR = "GR"
    HR = "HR"
    HU = "HU"
    IE = "IE"
    IT = "IT"
    LT = "LT"
    LU = "LU"
    LV = "LV"
    MT = "MT"
    NL = "NL"
    PL = "PL"
    PT = "PT"
    RO = "RO"
    SE = "SE"
    SI = "SI"
    SK = "SK"
    IS = "IS"
    LI = "LI"
    NO = "NO"
    MK = "MK"
    RS = "RS"
    TR = "TR"
    AL = "AL"
    BA = "BA"
    ME = "ME"
    XK = "XK"
    AM = "AM"
    AZ = "AZ"
    GE = "GE"
    JO = "JO"
    LB = "LB"
    MD = "MD"
    PS = "PS"
    TN = "TN"
    UA = "UA"

    @property
    def label(self) -> str:
        return country_label(self.value)


PARTICIPANTS = CountryCode.values


def kosovo_footnote() -> str:
    return _("* This designation is without prejudice to positions on status.")
