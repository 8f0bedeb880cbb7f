"""Which countries work together, and the projects of two of them."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.monitoring.partnerships import partnerships, projects_between
from backend.projects.models import ProjectMember
from backend.schools.countries import PARTICIPANTS
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.filters import PartnershipFilters
from dashboard.paging import newest

SHOWN = 100


@require_safe
@for_officers
def pairs(request: OfficerRequest) -> HttpResponse:
    filters = PartnershipFilters(request, request.user)
    wanted = {filters.chosen("country"), filters.chosen("partner")} - {""}
    found = [pair for pair in partnerships(request.user) if wanted <= {pair.one, pair.other}]
    totals = {name: sum(getattr(pair, name) for pair in found) for name in ("total", "open", "waiting")}
    context = {
        "filters": filters,
        "pairs": found[:SHOWN],
        "left_out": max(len(found) - SHOWN, 0),
        "totals": totals,
        "most": max((pair.total for pair in found), default=0),
    }
    return render(request, "dashboard/monitor/partnerships.html", context)


@require_safe
@for_officers
def projects(request: OfficerRequest, one: str, other: str) -> HttpResponse:
    """The same answer for an unknown pair as for a pair of other countries."""
    scope = request.user.oversees
    known = {one, other} <= set(PARTICIPANTS)
    if not known or not (scope.covers(one) or scope.covers(other)):
        raise Http404
    members = Prefetch("members", ProjectMember.objects.select_related("school"))
    page = newest(request, projects_between(request.user, one, other).prefetch_related(members))
    return render(request, "dashboard/monitor/partnership.html", {"one": one, "other": other, "page": page})
