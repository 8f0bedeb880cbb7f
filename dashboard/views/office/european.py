"""The European label: an agency nominates the best projects it awarded, the central service awards some of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.agencies.permissions import is_central
from backend.labels.actions.european import award_european_label, nominate_for_european_label
from backend.labels.models import LabelGrid
from backend.labels.nominating import awarded_in, labelled, nominated, quota
from backend.labels.permissions import can_award_european_label, nominating_country
from backend.labels.school_year import this_school_year
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.paging import newest
from dashboard.perform import perform, settled
from dashboard.views.monitor.atlas import home_of

YEARS = 4
AWARDED = "awarded"


@require_safe
@for_officers
def european(request: OfficerRequest) -> HttpResponse:
    return _page(request, DecisionForm(), None, 200)


@require_POST
@for_officers
def nominate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, nominate_for_european_label, "", _("“%(project)s” is nominated."))


@require_POST
@for_officers
def award(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, award_european_label, "reason", _("“%(project)s” has the European label."))


def _decide(request: OfficerRequest, pk: UUID, rule: Callable[..., Any], text_as: str, done: str) -> HttpResponse:
    project, form = get_object_or_404(labelled(request.user), pk=pk), DecisionForm(request.POST)
    status = perform(form, rule, project, actor=request.user, text_as=text_as)
    done, to = done % {"project": project}, form.way_back(request, reverse("dashboard:european_labels"))
    return settled(request, status, done, to, lambda: _page(request, form, project.pk, status))


def _page(request: OfficerRequest, form: DecisionForm, about: UUID | None, status: int) -> HttpResponse:
    """What was typed stays with the one project that it was about."""
    viewer = request.user
    if viewer.oversees.regions is not None:
        raise Http404
    context = {"form": form, "about": about, "grid": LabelGrid.objects.current().first()}
    context |= _central(request) if is_central(viewer) else _national(request)
    return render(request, "dashboard/office/european.html", context, status=status)


def _national(request: OfficerRequest) -> dict[str, Any]:
    """The projects of a school year, the best ones to be nominated."""
    country, now = home_of(request.user), this_school_year()
    asked = request.GET.get("year", "")
    years = list(range(now, now - YEARS, -1))
    year = int(asked) if asked.isdecimal() and int(asked) in years else now
    left = quota(country, year)
    may = nominating_country(request.user) is not None and not left.is_used_up
    page = newest(request, awarded_in(country, year))
    return {"page": page, "year": year, "years": years, "quota": left, "may_nominate": may}


def _central(request: OfficerRequest) -> dict[str, Any]:
    """What was nominated, until it is awarded."""
    is_past = request.GET.get("state") == AWARDED
    page = newest(request, nominated(request.user, is_awarded=is_past))
    return {"page": page, "is_central": True, "is_past": is_past, "may_award": can_award_european_label(request.user)}
