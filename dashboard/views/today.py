"""The first page: what needs me, and what changed since I was here."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from backend.accounts.models import Person
from backend.core import clock
from backend.desk.first_steps import first_steps
from backend.desk.permissions import can_take_cases
from backend.monitoring.activity import recently
from backend.monitoring.partnerships import partnerships
from backend.monitoring.queues import URGENCY, all_of, soon
from backend.monitoring.rollups.reading import by_month
from dashboard.access import OfficerRequest, for_officers
from dashboard.menu import backlogs
from dashboard.views.monitor.atlas import Atlas, home_of
from dashboard.views.monitor.sheet import MONTHS, rows_url, trend
from dashboard.views.queues.kinds.every import KINDS

SHOWN = 3
RECENT = 12
COOKIE = "visits"
BESIDES = {"appeals": "appeals", "hand_overs": "projects"}  # and the page that shows them
NEW_VISIT = timedelta(minutes=30)  # what comes sooner belongs to the same visit


@require_safe
@for_officers
def today(request: OfficerRequest) -> HttpResponse:
    before, last = visits(request)
    stands = backlogs(request)
    context = {
        "now": clock.now(),
        "soon": soon(),
        "cards": [(kind, stands[name]) for name, kind in KINDS.items()],
        "besides": [(page, stands[name]) for name, page in BESIDES.items() if stands[name].waiting],
        "longest": _longest(request),
        "may_take": can_take_cases(request.user),
        "happenings": recently(request.user, limit=RECENT),
        "before": before,
        "steps": first_steps(request.user),
        **_figures(request.user),
    }
    response = render(request, "dashboard/today/today.html", context)
    keep = f"{before.isoformat() if before else ''}~{last.isoformat()}"
    response.set_signed_cookie(
        COOKIE, keep, salt=str(request.user.pk), max_age=365 * 24 * 3600, path=reverse("dashboard:today"),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def visits(request: OfficerRequest) -> tuple[datetime | None, datetime]:
    """The end of the visit before this one, and now; kept in the browser."""
    now = clock.now()
    kept = request.get_signed_cookie(COOKIE, "", salt=str(request.user.pk)) or "~"
    before, last = (parse_datetime(part) if part else None for part in kept.split("~"))
    return (last if last and now - last > NEW_VISIT else before), now


def _figures(viewer: Person) -> dict[str, Any]:
    """Who works with whom, and registrations by month; figures are of countries, none for a regional delegate."""
    if viewer.oversees.regions is not None:
        return {}
    home = home_of(viewer)
    atlas = Atlas(partnerships(viewer), home)
    [months] = by_month(home, ["staff"], clock.now().date(), MONTHS).values()
    registered, rows = trend(months, partial(rows_url, home, "staff"))
    return {
        "home": home,
        "map": atlas.map,
        "legend": atlas.legend,
        "pairs": atlas.pairs,
        "chart": registered,
        "rows": rows,
    }


def _longest(request: OfficerRequest) -> list[tuple[object, object]]:
    """The most urgent of what others wait for to go on."""
    rows: list[tuple[object, object]] = []
    queues = all_of(request.user)
    related = {"people": "school", "schools": "proposed_by", "projects": "project"}
    for name, relation in related.items():
        rows += [(KINDS[name], row) for row in queues[name].select_related(relation).order_by(*URGENCY)[:SHOWN]]
    return sorted(rows, key=_urgency)[: 2 * SHOWN]


def _urgency(pair: tuple[object, object]) -> tuple[bool, float]:
    due_at: datetime | None = getattr(pair[1], "due_at")  # noqa: B009
    return (due_at is None, due_at.timestamp() if due_at else 0.0)
