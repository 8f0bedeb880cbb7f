"""Statistics: what happened in a period, how things stand, and how long people waited; as a page and as a report."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.agencies.permissions import is_central
from backend.core import clock
from backend.monitoring.actions import publish_statistics, withdraw_statistics
from backend.monitoring.models import Publication
from backend.monitoring.permissions import can_publish_statistics
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.forms.periods import ALL, PeriodFilters, place
from dashboard.perform import perform, settled
from dashboard.views.monitor.rows import readable
from dashboard.views.monitor.sheet import Sheet


def _context(request: OfficerRequest, filters: PeriodFilters) -> dict[str, Any]:
    """Figures are of countries: none for a regional delegate."""
    if request.user.oversees.regions is not None:
        raise Http404
    query = urlencode(filters.query)
    code = filters.of or ALL
    return {"filters": filters, "sheet": Sheet(filters), "place": place(filters.of), "query": query, "code": code}


@require_safe
@for_officers
def statistics(request: OfficerRequest) -> HttpResponse:
    return _statistics(request, PeriodFilters(request, request.user), DecisionForm())


def _statistics(request: OfficerRequest, filters: PeriodFilters, form: DecisionForm, status: int = 200) -> HttpResponse:
    context = _context(request, filters)
    sheet: Sheet = context["sheet"]
    publications = Publication.objects.filter(country=sheet.country, withdrawn_at=None).order_by("-pk")[:3]
    context |= {
        "form": form,
        "backlog": sheet.backlog(request),
        "publications": publications,
        "may_publish": bool(sheet.country) and can_publish_statistics(request.user, sheet.country),
        "must_explain": is_central(request.user),
        "is_over": sheet.period.until < clock.now().date(),
    }
    return render(request, "dashboard/monitor/statistics.html", context, status=status)


@require_safe
@for_officers
def report(request: OfficerRequest) -> HttpResponse:
    """The same as a document one would file."""
    context = _context(request, PeriodFilters(request, request.user))
    sheet: Sheet = context["sheet"]
    titles, rows = sheet.months
    context |= {"months": {"titles": titles, "rows": rows}, "backlog": sheet.backlog(request), "now": clock.now()}
    return render(request, "dashboard/monitor/report.html", context)


@require_POST
@for_officers
def publish(request: OfficerRequest, country: str) -> HttpResponse:
    """The figures of the period as they are now, small ones hidden."""
    filters = PeriodFilters(request, request.user, request.POST).about(readable(request, country))
    rule: dict[str, Any] = {"actor": request.user, "period": filters.period}
    return _decide(request, filters, _("The figures are published."), publish_statistics, filters.of, **rule)


@require_POST
@for_officers
def withdraw(request: OfficerRequest, pk: UUID) -> HttpResponse:
    seen = Publication.objects.filter(request.user.oversees.where("country"))
    found = get_object_or_404(seen, pk=pk)
    filters = PeriodFilters(request, request.user, request.POST).about(found.country_id)
    return _decide(request, filters, _("The figures are withdrawn."), withdraw_statistics, found, actor=request.user)


def _decide(
    request: OfficerRequest, filters: PeriodFilters, done: str, rule: Callable[..., Any], *args: Any, **given: Any
) -> HttpResponse:
    form = DecisionForm(request.POST)
    status = perform(form, rule, *args, text_as="reason", **given)
    to = f"{reverse('dashboard:statistics')}?{urlencode(filters.query)}"
    return settled(request, status, done, to, lambda: _statistics(request, filters, form, status))
