"""Dates, numbers and names in the reader's language, and the menu."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from babel import Locale, dates, numbers
from django import template
from django.db.models import Model
from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from backend.agencies.models import ReadyText
from backend.core import clock
from backend.monitoring.queues import CAP
from backend.schools.countries import country_label, kosovo_footnote
from backend.workspaces.uploads.links import file_address
from dashboard import menu as menus

READY = "_ready_texts"
register = template.Library()
register.filter("country", country_label)
register.filter("address_for", file_address)
register.simple_tag(kosovo_footnote, name="footnote")

PAGES = {
    "accounts.Person": "dashboard:person",
    "schools.School": "dashboard:school",
    "projects.Project": "dashboard:project",
    "moderation.Report": "dashboard:report",
    "moderation.Appeal": "dashboard:appeal",
    "moderation.HelpRequest": "dashboard:help_request",
    "labels.LabelApplication": "dashboard:label",
}
# What has no page of its own, told of on the page of what it belongs to.
WITHIN = {
    "workspaces.Workspace": ("dashboard:project", "project_id"),
    "moderation.Sanction": ("dashboard:report", "report_id"),
}


def _locale() -> Locale:
    return _locale_of(get_language() or "en")


@cache
def _locale_of(language: str) -> Locale:
    """English is Europe's here: 23 Nov 2026, 14:05."""
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


@register.filter
def number(value: int) -> str:
    return numbers.format_decimal(value, locale=_locale())


@register.filter
def capped(value: int) -> str:
    """A count that stopped above the cap says so: 1,000+."""
    return number(value) if value <= CAP else f"{number(CAP)}+"


@register.filter
def day(value: datetime | date | None) -> str:
    """12 Mar 2026, where the officer is."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return dates.format_date(local, "medium", locale=_locale())


@register.filter
def moment(value: datetime) -> str:
    """12 Mar 2026, 14:05, where the officer is."""
    return f"{day(value)}, {dates.format_time(timezone.localtime(value), 'short', locale=_locale())}"


@register.filter
def time_of_day(value: datetime) -> str:
    """14:05, where the officer is."""
    return dates.format_time(timezone.localtime(value), "short", locale=_locale())


@register.filter
def waiting_for(since: datetime) -> str:
    """In working days, as the due date counts: nobody decides on a Sunday."""
    days = clock.working_days_between(since, clock.now())
    if not days:
        return _("Waiting since today")
    return ngettext("Waiting for 1 working day", "Waiting for %(n)s working days", days) % {"n": number(days)}


@register.filter
def month(value: date) -> str:
    return dates.format_skeleton("yMMMM", value, locale=_locale())


@register.filter
def age(since: datetime) -> str:
    """How long something has been going on: 12 days."""
    passed = max(clock.now() - since, timedelta(minutes=1))
    return _long(passed)


@register.filter
def due(due_at: datetime | None) -> str:
    if due_at is None:
        return _("No due date")
    left = due_at - clock.now()
    if left < timedelta():
        if days := clock.working_days_between(due_at, clock.now()):
            return ngettext("Overdue by 1 working day", "Overdue by %(n)s working days", days) % {"n": number(days)}
        return _("Overdue by %(time)s") % {"time": _long(-left)}
    return _("Due %(day)s") % {"day": day(due_at)}


@register.filter
def urgency(due_at: datetime | None, soon: datetime) -> str:
    """The group a row belongs to; in the order of the queue, so that `regroup` finds each once."""
    if due_at is None or due_at >= soon:
        return "later"
    return "overdue" if due_at < clock.now() else "soon"


Unit = Literal["day", "hour", "minute"]
SECONDS: dict[Unit, int] = {"day": 86400, "hour": 3600, "minute": 60}


def _long(passed: timedelta) -> str:
    """Whole days; below a day whole hours, below an hour minutes."""
    unit: Unit = "day" if passed >= timedelta(days=1) else "hour" if passed >= timedelta(hours=1) else "minute"
    whole = timedelta(seconds=int(passed.total_seconds()) // SECONDS[unit] * SECONDS[unit])
    # Without the threshold Babel would turn 45 days into "2 months".
    return dates.format_timedelta(whole, granularity=unit, threshold=1e9, locale=_locale())


@register.filter
def page_of(subject: Model | None) -> str:
    """The record of the thing an event is about; nothing where there is no such page."""
    if subject is None:
        return ""
    name, key = WITHIN.get(subject._meta.label) or (PAGES.get(subject._meta.label, ""), "pk")
    return reverse(name, args=[getattr(subject, key)]) if name else ""


@register.inclusion_tag("dashboard/parts/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    return {"groups": list(menus.menu(context["request"]))}


@register.simple_tag(takes_context=True)
def typed(context: dict[str, Any], *pages: str) -> Form | None:
    """What was sent to one of these addresses and refused: it stays in its own box, never in one that others read."""
    form: Form | None = context.get("form")
    return form if context["request"].resolver_match.url_name in pages else None


@register.simple_tag(takes_context=True)
def ready_texts(context: dict[str, Any], uses: str) -> list[ReadyText]:
    """The agency's ready texts for these uses; asked for once a request, however many forms there are."""
    request = context["request"]
    if not hasattr(request, READY):
        own = ReadyText.objects.visible_to(request.user).order_by("language", "title")
        setattr(request, READY, list(own.defer("text")))
    found: list[ReadyText] = getattr(request, READY)
    return [one for one in found if one.use in uses.split()]
