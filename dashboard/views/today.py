"""The first page: what needs me, and what happened."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.core import clock
from backend.monitoring.activity import recently
from backend.monitoring.queues import URGENCY, decisions_waiting, people_waiting, soon
from dashboard.access import OfficerRequest, for_officers
from dashboard.menu import backlogs

SHOWN = 5
RECENT = 10


@require_safe
@for_officers
def today(request: OfficerRequest) -> HttpResponse:
    people = people_waiting(request.user).select_related("school").order_by(*URGENCY)
    decisions = decisions_waiting(request.user).select_related("project").order_by(*URGENCY)
    context = {
        "now": clock.now(),
        "soon": soon(),
        "backlogs": backlogs(request),
        "people": people[:SHOWN],
        "decisions": decisions[:SHOWN],
        "happenings": recently(request.user, limit=RECENT),
    }
    return render(request, "dashboard/today/today.html", context)
