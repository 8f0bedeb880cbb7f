"""The queue of projects."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.monitoring.queues import decisions_waiting, soon
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.filters import ProjectFilters
from dashboard.paging import most_urgent
from dashboard.views.records.projects import ours_first, parts_of


@require_safe
@for_officers
def queue(request: OfficerRequest) -> HttpResponse:
    filters = ProjectFilters(request, request.user)
    waiting = filters.narrow(decisions_waiting(request.user)).select_related("project")
    page = most_urgent(request, waiting.prefetch_related(*parts_of("project__")))
    for row in page.rows:
        row.both = ours_first(request.user, row.project)
    return render(request, "dashboard/queues/projects.html", {"filters": filters, "page": page, "soon": soon()})
