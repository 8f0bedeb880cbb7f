"""The queue of people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.monitoring.queues import people_waiting, soon
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.filters import PeopleFilters
from dashboard.paging import most_urgent
from dashboard.views.records.people import MEMBERSHIPS, add_checks


@require_safe
@for_officers
def queue(request: OfficerRequest) -> HttpResponse:
    filters = PeopleFilters(request, request.user)
    waiting = filters.narrow(people_waiting(request.user)).select_related("school").prefetch_related(MEMBERSHIPS)
    page = most_urgent(request, waiting)
    for person in page.rows:
        add_checks(request.user, person)
    return render(request, "dashboard/queues/people.html", {"filters": filters, "page": page, "soon": soon()})
