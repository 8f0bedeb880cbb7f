"""Codes, values and durations of figures in the reader's words."""

from datetime import date
from typing import Any

from babel import numbers
from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.moderation.models import ReportCategory, ReportOutcome
from backend.schools.countries import PARTICIPANTS, country_label
from backend.schools.models import SchoolType
from backend.vocabulary.codes import Subject, language_label
from dashboard.tables import WAITING
from dashboard.templatetags.dashboard import _locale, day, number

register = template.Library()
LABELS: dict[str, Any] = {
    "subjects": Subject, "opened_subject": Subject, "school_types": SchoolType, "opened_type": SchoolType,
    "schools": SchoolType, "reports_made": ReportCategory, "reports_handled": ReportOutcome,
}  # fmt: skip
LANGUAGES = ("languages", "opened_language")


@register.filter
def code_label(code: str, name: str) -> str:
    """A code of a figure's table in words."""
    if name in LABELS:
        return str(LABELS[name](code).label) if code in LABELS[name].values else code
    if name in LANGUAGES:
        return language_label(code)
    if name in {"ages", "opened_age"}:
        return band(code)
    return country_label(code) if code in PARTICIPANTS else code


def band(code: str) -> str:
    """Ages of pupils; the first and the last band are open."""
    return {"3-6": _("up to 6 years"), "16-20": _("16 years and over")}.get(
        code, _("%(ages)s years") % {"ages": code.replace("-", "–")}
    )


@register.filter
def shown(value: str | int | date | None) -> str:
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else value or ""


@register.filter
def share(part: int, whole: int) -> str:
    """A percentage; a dash where there is nothing to divide by."""
    if not whole:
        return "–"
    return numbers.format_percent(part / whole, format="#,##0.# %" if whole > part else None, locale=_locale())


@register.filter
def decimal(value: float | None) -> str:
    return "–" if value is None else numbers.format_decimal(value, format="#,##0.#", locale=_locale())


@register.filter
def published(value: int | None) -> str:
    """A published number; fewer than five are not told."""
    return number(value) if value is not None else _("fewer than 5")


@register.filter
def school_year(year: int) -> str:
    """2026/27: it begins in September."""
    return f"{year}/{(year + 1) % 100:02}"


@register.filter
def waiting_age(code: str) -> str:
    low, _dash, high = code.partition("-")
    if not high:
        return _("more than %(days)s days") % {"days": int(low) - 1}
    return ngettext("%(low)s to %(high)s day", "%(low)s to %(high)s days", int(high)) % {"low": low, "high": high}


@register.filter
def queue_label(name: str) -> str:
    return str(WAITING[name])
