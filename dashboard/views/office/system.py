"""How the platform is doing, for the central service."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.agencies.permissions import is_central
from backend.monitoring.overview import system as state
from dashboard.access import OfficerRequest, for_officers


@require_safe
@for_officers
def system(request: OfficerRequest) -> HttpResponse:
    if not is_central(request.user):
        raise Http404
    context = {
        "jobs": state.jobs(),
        "backlogs": state.backlogs(request.user),
        "absent": state.absent_agencies(),
        "streams": state.streams(),
        "storage": state.storage(),
        "versions": state.versions(),
    }
    return render(request, "dashboard/office/system.html", context)
