"""An application for the national label: answers, evidence read in place, the grid, the decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person
from backend.labels.actions import assessing, deciding
from backend.labels.evidence import exhibits
from backend.labels.models import LabelApplication
from backend.labels.permissions import assessment_by, awaits_decision, can_assess_label
from backend.labels.points import average_points
from backend.monitoring.activity import timeline
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm, GridForm
from dashboard.perform import DONE, perform, settled
from dashboard.templatetags.dashboard import page_of

EVENTS = 50


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    return _record(request, application, DecisionForm(), 200)


@require_POST
@for_officers
def open_evidence(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Evidence read in place; each opening is logged."""
    application, form = _application(request, pk), DecisionForm(request.POST)
    status = perform(form, assessing.open_label_evidence, application, actor=request.user)
    if status != DONE:
        return _record(request, application, form, status)
    return redirect(reverse("dashboard:label", args=[pk]) + "#evidence")


@require_POST
@for_officers
def declare_conflict(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, assessing.declare_conflict, "", _("You are out of this application."))


@require_POST
@for_officers
def assess(request: OfficerRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    form = GridForm(application.grid.marked(), request.POST)
    given = form.points if form.is_valid() else {}
    status = perform(form, assessing.assess_label, application, actor=request.user, text_as="feedback", points=given)
    done, to = _("Your points are stored; you may change them until the decision."), page_of(application)
    return settled(request, status, done, to, lambda: _record(request, _application(request, pk), form, status))


@require_POST
@for_officers
def award(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, deciding.award_label, "feedback", _("The label is awarded."))


@require_POST
@for_officers
def refuse(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, deciding.refuse_label, "feedback", _("The application is refused, with your feedback."))


def _decide(
    request: OfficerRequest, pk: UUID, rule: Callable[..., LabelApplication], text_as: str, done: str
) -> HttpResponse:
    application, form = _application(request, pk), DecisionForm(request.POST)
    status = perform(form, rule, application, actor=request.user, text_as=text_as)
    to = form.way_back(request, reverse("dashboard:labels"))
    return settled(request, status, done, to, lambda: _record(request, _application(request, pk), form, status))


def _application(request: OfficerRequest, pk: UUID) -> LabelApplication:
    seen = LabelApplication.objects.visible_to(request.user)
    related = seen.select_related("applicant", "school", "grid", "project", "decided_by")
    return get_object_or_404(related.prefetch_related("assessments__assessor", "assessments__marks__criterion"), pk=pk)


def _record(request: OfficerRequest, application: LabelApplication, form: DecisionForm, status: int) -> HttpResponse:
    viewer = request.user
    mine = assessment_by(viewer, application)
    may = can_assess_label(viewer, application) and awaits_decision(application)
    may = may and not (mine and mine.conflict_declared_at)
    shown = exhibits(application) if may and mine and mine.opened_at else None
    is_grid = isinstance(form, GridForm)
    context = {
        "application": application,
        "mine": mine,
        "may_decide": may,
        "exhibits": shown,
        "rows": _grid(viewer, application, form),
        "grid_form": form if is_grid else DecisionForm(initial={"text": mine.feedback if mine else ""}),
        "average": average_points(application),
        "happenings": timeline(viewer, application, limit=EVENTS),
        "form": DecisionForm() if is_grid else form,
        "way_back": form.way_back(request, ""),
    }
    return render(request, "dashboard/records/label.html", context, status=status)


def _grid(viewer: Person, application: LabelApplication, form: DecisionForm) -> list[dict[str, Any]]:
    """Each criterion with the applicant's answer, and its parts with what everybody gave."""
    answers = {answer.criterion_id: answer.text for answer in application.answers.all()}
    rows = []
    for criterion in application.grid.criteria.prefetch_related("parts"):
        leaves = list(criterion.parts.all()) or [criterion]
        parts = [
            {"leaf": leaf, **_given(viewer, application, leaf.pk), "typed": _typed(form, leaf.code)} for leaf in leaves
        ]
        rows.append({"criterion": criterion, "answer": answers.get(criterion.pk, ""), "parts": parts})
    return rows


def _typed(form: DecisionForm, code: str) -> Any:
    return form[code].value() if code in form.fields else None


def _given(viewer: Person, application: LabelApplication, leaf: UUID) -> dict[str, Any]:
    """My points, and those of colleagues once I gave mine: nobody is led by another."""
    mine, others = None, []
    for part in application.assessments.all():
        points = [mark.points for mark in part.marks.all() if mark.criterion_id == leaf]
        if part.assessor_id == viewer.pk:
            mine = points[0] if points else None
        elif points:
            others.append((part.assessor, points[0]))
    return {"mine": mine, "others": others}
