"""A school's record, and what an agency decides about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person
from backend.agencies import actions
from backend.agencies.permissions import can_decide_for, is_central
from backend.desk.standing import projects_of
from backend.monitoring.activity import timeline
from backend.schools.models import School
from backend.schools.search import duplicates_of
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm, MergeForm
from dashboard.perform import perform, settled
from dashboard.views.records import notes

EVENTS = 50
STAFF = 50


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, school_of(request, pk), DecisionForm(), 200)


@require_POST
@for_officers
def validate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.validate_school, _("The school %(school)s is validated."))


@require_POST
@for_officers
def reject(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.reject_school, _("The school %(school)s is rejected."))


@require_POST
@for_officers
def close(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.close_school, _("The school %(school)s is closed."))


@require_POST
@for_officers
def reopen(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.reopen_school, _("The school %(school)s is open again."))


@require_POST
@for_officers
def merge(request: OfficerRequest, pk: UUID) -> HttpResponse:
    form = MergeForm(request.user, request.POST)

    def rule(school: School, **given: Any) -> School:
        return actions.merge_schools(school, into=form.cleaned_data["into"], **given)

    return _decide(request, pk, rule, _("The school %(school)s is merged."), form)


@require_POST
@for_officers
def note(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return notes.keep(request, school_of(request, pk), _record)


def _decide(
    request: OfficerRequest, pk: UUID, rule: Callable[..., School], done: str, form: DecisionForm | None = None
) -> HttpResponse:
    school = school_of(request, pk)
    form = form or DecisionForm(request.POST)
    status = perform(form, rule, school, actor=request.user, text_as="reason")
    done, to = done % {"school": school}, form.way_back(request, reverse("dashboard:school", args=[pk]))
    return settled(request, status, done, to, lambda: _record(request, school_of(request, pk), form, status))


def school_of(request: OfficerRequest, pk: UUID) -> School:
    seen = School.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("proposed_by", "merged_into"), pk=pk)


def _record(request: OfficerRequest, school: School, form: DecisionForm, status: int) -> HttpResponse:
    viewer = request.user
    decides = can_decide_for(viewer, school.country_id, school)
    similar = duplicates_of(school) if decides or school.awaits_decision else []
    staff = Person.objects.visible_to(viewer).filter(school_memberships__school=school).distinct()
    context = {
        "school": school,
        "similar": similar,
        "survivors": [one.school for one in similar if one.school.is_open],
        "staff": staff.order_by("family_name", "given_name")[:STAFF],
        "projects": projects_of(viewer, school=school),
        "happenings": timeline(viewer, school, limit=EVENTS),
        "may_decide": decides and school.awaits_decision,
        "may_keep": decides and not school.is_gone,
        "must_explain": is_central(viewer),
        "way_back": form.way_back(request, ""),
        "note_url": reverse("dashboard:note_school", args=[school.pk]),
        **notes.forms_and_notes(viewer, school, form),
    }
    return render(request, "dashboard/records/school.html", context, status=status)
