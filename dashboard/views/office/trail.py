"""The audit trail: what happened in an officer's countries, searchable."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.monitoring.activity import Happening
from backend.monitoring.overview.trail import search_trail
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.office.trail import TrailFilters
from dashboard.paging import newest


@require_safe
@for_officers
def events(request: OfficerRequest) -> HttpResponse:
    filters = TrailFilters(request, request.user)
    found = search_trail(
        request.user,
        kind=filters.chosen("kind"),
        actor=filters.chosen("actor"),
        subject=filters.chosen("subject"),
        since=filters.cleaned_data.get("since"),
        until=filters.cleaned_data.get("until"),
        country=filters.chosen("country"),
    )
    page = newest(request, found.with_subjects())
    happenings = [Happening.of(event, event.subject) for event in page.rows]
    context = {"filters": filters, "page": page, "happenings": happenings}
    return render(request, "dashboard/office/trail.html", context)
