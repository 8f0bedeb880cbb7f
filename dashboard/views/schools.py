"""A school's record, and the decision on a proposed one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person
from backend.agencies import actions
from backend.agencies.permissions import can_decide_for, is_central
from backend.monitoring.activity import timeline
from backend.monitoring.checks import similar_schools
from backend.schools.models import School, SchoolState
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import DONE, perform

EVENTS = 50
STAFF = 50


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _school(request, pk), DecisionForm(), 200)


@require_POST
@for_officers
def validate(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.validate_school, _("The school %(school)s is validated."))


@require_POST
@for_officers
def reject(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, actions.reject_school, _("The school %(school)s is rejected."))


def _decide(request: OfficerRequest, pk: UUID, rule: Callable[..., School], done: str) -> HttpResponse:
    school = _school(request, pk)
    form = DecisionForm(request.POST)
    status = perform(form, rule, school, actor=request.user, text_as="reason")
    if status == DONE:
        messages.success(request, done % {"school": school})
        return redirect(form.way_back(request, reverse("dashboard:school", args=[pk])))
    return _record(request, _school(request, pk), form, status)


def _school(request: OfficerRequest, pk: UUID) -> School:
    seen = School.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("proposed_by", "merged_into"), pk=pk)


def _record(request: OfficerRequest, school: School, form: DecisionForm, status: int) -> HttpResponse:
    viewer = request.user
    decides = school.state == SchoolState.PROPOSED and can_decide_for(viewer, school.country_id)
    staff = Person.objects.visible_to(viewer).filter(school_memberships__school=school).distinct()
    context = {
        "school": school,
        "similar": similar_schools(school),
        "staff": staff.order_by("family_name", "given_name")[:STAFF],
        "happenings": timeline(viewer, school, limit=EVENTS),
        "may_decide": decides,
        "must_explain": is_central(viewer),
        "form": form,
        "way_back": form.way_back(request, ""),
    }
    return render(request, "dashboard/schools/record.html", context, status=status)
