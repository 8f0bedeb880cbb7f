"""The agency's decision on an application."""

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.agencies.permissions import is_central
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.labels.events import LabelAwarded, LabelRefused
from backend.labels.models import LabelApplication, LabelState, NationalLabel
from backend.labels.permissions import awaits_decision, can_decide_label, has_conflict
from backend.labels.points import average_points, ensure_enough
from backend.labels.school_year import this_school_year


@transaction.atomic
def award_label(application: LabelApplication, *, actor: Person, feedback: str = "") -> LabelApplication:
    """Every assessor gave points, and they reach each minimum and the threshold: the teacher has the label."""
    application = _locked(application, actor)
    feedback = _checked(feedback, required=is_central(actor))
    stand_in(actor, feedback, application.country_id)
    points = ensure_enough(application)
    change(
        application, state=LabelState.AWARDED, state_since=clock.now(), points=points, feedback=feedback,
        decided_by=actor,
    )  # fmt: skip
    NationalLabel.objects.create(
        application=application, project_id=application.project_id, person_id=application.applicant_id,
        school_id=application.school_id, country_id=application.country_id, school_year=this_school_year(),
        points=points,
    )  # fmt: skip
    record(LabelAwarded(application), actor=actor)
    return application


@transaction.atomic
def refuse_label(application: LabelApplication, *, actor: Person, feedback: str) -> LabelApplication:
    """Not awarded, with feedback the applicant can build a second application on."""
    application = _locked(application, actor)
    feedback = _checked(feedback, required=True)
    stand_in(actor, feedback, application.country_id)
    change(
        application, state=LabelState.REFUSED, state_since=clock.now(), points=average_points(application),
        feedback=feedback, decided_by=actor,
    )  # fmt: skip
    record(LabelRefused(application), actor=actor)
    return application


def _locked(application: LabelApplication, actor: Person) -> LabelApplication:
    """The application, if this officer may decide on it now."""
    application = LabelApplication.objects.lock(application)
    allow(can_decide_label(actor, application))
    allow(not has_conflict(actor, application), "label_conflict_declared")
    ensure(awaits_decision(application), "label_application_decided")
    return application


def _checked(feedback: str, *, required: bool) -> str:
    """Tidied; a refusal needs it, and so does the central service when it acts for an agency."""
    feedback = tidy_lines(feedback)
    ensure(bool(feedback) or not required, "reason_missing", field="feedback")
    fields.limit(fields.TEXT_LIMIT, feedback=feedback)
    return feedback
