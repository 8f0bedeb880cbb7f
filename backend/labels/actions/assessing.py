"""What assessors do before the decision: open the evidence, declare a conflict of interest, give points."""

from collections.abc import Mapping

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.labels.events import LabelAssessed, LabelConflictDeclared, LabelEvidenceOpened
from backend.labels.models import LabelApplication, LabelAssessment, LabelCriterion, LabelMark
from backend.labels.permissions import awaits_decision, can_assess_label, has_conflict


@transaction.atomic
def open_label_evidence(application: LabelApplication, *, actor: Person) -> LabelApplication:
    """Read what the applicant shows, and nothing else of the workspace; each opening is logged."""
    application = _locked(application, actor)
    change(_part_of(actor, application), opened_at=clock.now())
    record(LabelEvidenceOpened(application), actor=actor)
    return application


@transaction.atomic
def declare_conflict(application: LabelApplication, *, actor: Person) -> LabelApplication:
    """Who has a conflict of interest is out; points given before do not count any more."""
    application = _locked(application, actor)
    part = _part_of(actor, application)
    part.marks.all().delete()
    change(part, conflict_declared_at=clock.now(), assessed_at=None, feedback="")
    record(LabelConflictDeclared(application), actor=actor)
    return application


@transaction.atomic
def assess_label(
    application: LabelApplication, *, actor: Person, points: Mapping[str, int], feedback: str = ""
) -> LabelApplication:
    """Points for everything the grid marks; an assessor may change them until the decision."""
    application = _locked(application, actor)
    others = application.assessments.counting().exclude(assessor=actor).count()
    ensure(others < application.assessors, "label_assessments_complete")
    marked = application.grid.marked()
    _check_points(marked, points)
    feedback = tidy_lines(feedback)
    fields.limit(fields.TEXT_LIMIT, feedback=feedback)
    part = _part_of(actor, application)
    part.marks.all().delete()
    LabelMark.objects.bulk_create(
        LabelMark(assessment=part, criterion=marked[code], points=given) for code, given in points.items()
    )
    change(part, assessed_at=clock.now(), feedback=feedback)
    record(LabelAssessed(application), actor=actor)
    return application


def _locked(application: LabelApplication, actor: Person) -> LabelApplication:
    """The application, if this officer may work on it now."""
    application = LabelApplication.objects.lock(application)
    allow(can_assess_label(actor, application))
    allow(not has_conflict(actor, application), "label_conflict_declared")
    ensure(awaits_decision(application), "label_application_decided")
    return application


def _part_of(actor: Person, application: LabelApplication) -> LabelAssessment:
    return LabelAssessment.objects.get_or_create(application=application, assessor=actor)[0]


def _check_points(marked: Mapping[str, LabelCriterion], points: Mapping[str, int]) -> None:
    """Everything has points, none above its maximum."""
    fields.check_codes("points", points, marked)
    missing = [leaf.label for code, leaf in marked.items() if code not in points]
    ensure(not missing, "label_points_missing", field="points", criteria=", ".join(missing))
    for code, leaf in marked.items():
        fits = 0 <= points[code] <= leaf.maximum
        ensure(fits, "label_points_out_of_range", field="points", criterion=leaf.label, limit=leaf.maximum)
