"""Which countries work together, on a map, in a table and in a matrix; and the projects of two of them."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backend.monitoring.partnerships import Partnership, partnerships, projects_between
from backend.monitoring.projects import Condition, holds
from backend.projects.models import ProjectMember, ProjectState
from backend.schools.countries import PARTICIPANTS, country_label
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.periods import ALL, DraftedFilters
from dashboard.paging import newest
from dashboard.svg.heat import classes, heat
from dashboard.views.monitor.atlas import Atlas, home_of, pair_url
from dashboard.views.monitor.sheet import rows_url

SHOWN = 100
NAMES = ("total", "open", "waiting", "active", "quiet", "stalled", "idle")
OPEN = Q(state=ProjectState.OPEN)
# What a column of the table counts, and how the list behind it is called.
COLUMNS: dict[str, tuple[str | Promise, Callable[[], Q]]] = {
    "total": (_("All that reached the agencies"), Q),
    "open": (_("Open"), lambda: OPEN),
    "waiting": (_("Waiting for approval"), lambda: Q(state=ProjectState.PENDING_APPROVAL)),
    "active": (_("Active within 30 days"), lambda: OPEN & holds(Condition.ACTIVE)),
    "quiet": (_("Quiet for 30 days"), lambda: OPEN & holds(Condition.QUIET)),
    "stalled": (_("Stalled for 60 days"), lambda: OPEN & holds(Condition.STALLED)),
    "idle": (_("Never started"), lambda: OPEN & holds(Condition.NEVER_STARTED)),
}
CONDITIONS = {
    "active": Condition.ACTIVE,
    "quiet": Condition.QUIET,
    "stalled": Condition.STALLED,
    "idle": Condition.NEVER_STARTED,
}
OF_PERIOD = ("total", "open", "waiting")  # the others are as of now


@require_safe
@for_officers
def pairs(request: OfficerRequest) -> HttpResponse:
    filters = DraftedFilters(request, request.user)
    found = _found(request, filters)
    home = home_of(request.user) or filters.chosen("country")
    atlas = Atlas(found, home, filters.days)
    is_central = request.user.oversees.everywhere
    all_url = partial(_all_url, home=home, filters=filters, is_central=is_central)
    context = {
        "filters": filters,
        "pairs": [(pair, _links(pair, filters)) for pair in found[:SHOWN]],
        "left_out": max(len(found) - SHOWN, 0),
        "totals": [(sum(getattr(pair, name) for pair in found), all_url(name)) for name in NAMES],
        "most": max((pair.total for pair in found), default=0),
        "map": atlas.map,
        "legend": atlas.legend,
        "home": home,
        "place": home or ALL,
        "query": urlencode(filters.days),
        "is_central": is_central,
    }
    return render(request, "dashboard/monitor/partnerships.html", context)


def _found(request: OfficerRequest, filters: DraftedFilters) -> list[Partnership]:
    wanted = {filters.chosen("country"), filters.chosen("partner")} - {""}
    return [p for p in partnerships(request.user, **filters.window) if wanted <= {p.one, p.other}]


def _pair_url(one: str, other: str, filters: DraftedFilters, doing: str = "total") -> str:
    query = {**({"doing": doing} if doing != "total" else {}), **(filters.days if doing in OF_PERIOD else {})}
    return pair_url(one, other, query)


def _links(pair: Partnership, filters: DraftedFilters) -> list[tuple[str, int, str]]:
    return [(str(COLUMNS[n][0]), getattr(pair, n), _pair_url(pair.one, pair.other, filters, n)) for n in NAMES]


def _all_url(name: str, home: str, filters: DraftedFilters, *, is_central: bool) -> str:
    """The projects of all pairs together; of one pair, where both countries are chosen."""
    partner = filters.chosen("partner")
    if partner and home not in ("", partner):
        return _pair_url(home, partner, filters, name)
    country = home or partner
    if name in OF_PERIOD:
        since, until = filters.window["since"], filters.window["until"]
        return rows_url(country, "pair" if name == "total" else f"pair_{name}", since=since, until=until)
    asked = {"condition": CONDITIONS[name].value, **({"country": country} if is_central and country else {})}
    return f"{reverse('dashboard:monitor')}?{urlencode(asked)}"


@require_safe
@for_officers
def matrix(request: OfficerRequest) -> HttpResponse:
    """Every country with every country; for who answers for several."""
    filters = DraftedFilters(request, request.user)
    filters.fields.pop("partner", None)
    found = {(p.one, p.other): p for p in _found(request, filters)}
    most = max((p.total for p in found.values() if not p.is_national), default=0)
    present = sorted({code for pair in found for code in pair}, key=country_label)
    rows = []
    for one in present:
        cells = []
        for other in present:
            pair = found.get((one, other)) or found.get((other, one))
            tint = heat(pair.total, most) if pair and one != other else 0
            cells.append((other, pair, tint, _pair_url(pair.one, pair.other, filters) if pair else ""))
        rows.append((one, cells))
    context = {"filters": filters, "countries": present, "rows": rows, "legend": classes(most)}
    return render(request, "dashboard/monitor/matrix.html", context)


@require_safe
@for_officers
def projects(request: OfficerRequest, one: str, other: str) -> HttpResponse:
    """The same answer for an unknown pair as for a pair of other countries."""
    scope = request.user.oversees
    known = {one, other} <= set(PARTICIPANTS)
    if not known or not (scope.covers(one) or scope.covers(other)):
        raise Http404
    filters = DraftedFilters(request, request.user)
    doing = request.GET.get("doing", "total")
    title, condition = COLUMNS.get(doing, COLUMNS["total"])
    members = Prefetch("members", ProjectMember.objects.select_related("school"))
    window = filters.window if doing in OF_PERIOD else {}
    found = projects_between(request.user, one, other, **window).filter(condition())
    page = newest(request, found.prefetch_related(members))
    tabs = [(n, each, _pair_url(one, other, filters, n)) for n, (each, _c) in COLUMNS.items()]
    context = {
        "one": one,
        "other": other,
        "page": page,
        "title": title,
        "tabs": tabs,
        "doing": doing,
        "filters": filters,
    }
    return render(request, "dashboard/monitor/partnership.html", context)
