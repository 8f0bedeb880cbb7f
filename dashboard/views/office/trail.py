"""The audit trail: what happened in an officer's countries, searchable, and as a file."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backend.eventlog.models import EventQuerySet
from backend.eventlog.wording import subjects_of, word
from backend.monitoring.activity import Happening
from backend.monitoring.overview.trail import search_trail
from dashboard.access import OfficerRequest, for_officers, streamed_for_officers
from dashboard.forms.office.trail import TrailFilters
from dashboard.paging import newest
from dashboard.streaming import FORMS, Table, as_file


@require_safe
@for_officers
def events(request: OfficerRequest) -> HttpResponse:
    filters = TrailFilters(request, request.user)
    page = newest(request, _found(request, filters).with_subjects())
    happenings = [Happening.of(event, event.subject) for event in page.rows]
    query = request.GET.copy()
    query.pop("after", None)
    context = {"filters": filters, "page": page, "happenings": happenings, "query": query.urlencode()}
    return render(request, "dashboard/office/trail.html", context)


@require_safe
@streamed_for_officers
def export(request: OfficerRequest, form: str) -> HttpResponseBase:
    """What the page lists, all of it."""
    if form not in FORMS:
        raise Http404
    found = _found(request, TrailFilters(request, request.user)).select_related("actor").order_by("pk")
    header = [_("When"), _("Who"), _("What happened"), _("Kind")]
    return as_file(Table(header, found, _cells, _with_subjects), "audit-trail", form)


def _found(request: OfficerRequest, filters: TrailFilters) -> EventQuerySet:
    return search_trail(
        request.user,
        kind=filters.chosen("kind"),
        actor=filters.chosen("actor"),
        subject=filters.chosen("subject"),
        since=filters.cleaned_data.get("since"),
        until=filters.cleaned_data.get("until"),
        country=filters.chosen("country"),
    )


def _with_subjects(batch: list[Any]) -> None:
    subjects = subjects_of(batch)
    for event in batch:
        event.subject = subjects.get(event.subject_id)


def _cells(event: Any) -> list[Any]:
    moment = event.at.isoformat(" ", "seconds")
    return [moment, str(event.actor or ""), word(event, event.subject), event.kind]
