"""Applying for the national label, and thinking better of it."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.labels.events import LabelApplicationWithdrawn, LabelRequested
from backend.labels.evidence import checked_evidence
from backend.labels.models import LabelAnswer, LabelApplication, LabelEvidence, LabelGrid, LabelState
from backend.labels.models.grids import policy_of
from backend.labels.permissions import (
    awaits_decision,
    can_apply_for_label,
    can_withdraw_label_application,
    is_european,
    is_ready_for_label,
)
from backend.labels.school_year import this_school_year
from backend.projects.models import Project
from backend.projects.permissions import member_of
from backend.workspaces.models import Inside

A_SCHOOL_YEAR = 4
ATTEMPTS = 2


@transaction.atomic
def apply_for_label(
    project: Project, *, actor: Person, answers: Mapping[str, str], evidence: Iterable[Inside]
) -> LabelApplication:
    """A teacher applies for the own contribution, with an answer to every criterion of the current grid."""
    actor = Person.objects.lock(actor)
    allow(can_apply_for_label(actor, project))
    ensure(is_european(project), "label_project_national", field="project_id")
    ensure(is_ready_for_label(project), "label_project_not_ready", field="project_id")
    _check_attempts(project, actor)
    grid = LabelGrid.objects.current().get()
    texts = _checked_answers(grid, answers)
    linked = checked_evidence(evidence, project=project, applicant=actor)
    place = member_of(project, actor)
    assert place
    policy, now = policy_of(place.country_id), clock.now()
    application = LabelApplication.objects.create(
        project=project, project_title=project.title, applicant=actor, school_id=place.school_id,
        country_id=place.country_id, grid=grid, assessors=policy.assessors,
        school_year=this_school_year(), due_at=clock.after_working_days(now, policy.target_working_days),
    )  # fmt: skip
    criteria = {each.code: each for each in grid.criteria.all()}
    LabelAnswer.objects.bulk_create(
        LabelAnswer(application=application, criterion=criteria[code], text=text) for code, text in texts.items()
    )
    LabelEvidence.objects.bulk_create(
        LabelEvidence(application=application, kind=kind, subject_id=key) for kind, key in linked
    )
    record(LabelRequested(application), actor=actor)
    return application


@transaction.atomic
def withdraw_label_application(application: LabelApplication, *, actor: Person) -> LabelApplication:
    """The applicant takes it back before the decision; it counts neither as an attempt nor in the school year."""
    application = LabelApplication.objects.lock(application)
    allow(can_withdraw_label_application(actor, application))
    ensure(awaits_decision(application), "label_application_decided")
    change(application, state=LabelState.WITHDRAWN, state_since=clock.now())
    record(LabelApplicationWithdrawn(application), actor=actor)
    return application


def _check_attempts(project: Project, actor: Person) -> None:
    """One application at a time, a second one after a refusal, four projects' worth a school year."""
    mine = LabelApplication.objects.filter(applicant=actor).exclude(state=LabelState.WITHDRAWN)
    states = list(mine.filter(project=project).values_list("state", flat=True))
    ensure(LabelState.SUBMITTED not in states, "label_already_asked", field="project_id")
    ensure(LabelState.AWARDED not in states, "label_already_awarded", field="project_id")
    ensure(len(states) < ATTEMPTS, "label_refused_twice", field="project_id")
    this_year = mine.filter(school_year=this_school_year()).count()
    ensure(this_year < A_SCHOOL_YEAR, "label_applications_this_year", limit=A_SCHOOL_YEAR)


def _checked_answers(grid: LabelGrid, answers: Mapping[str, str]) -> dict[str, str]:
    """Every criterion's text, tidied, in the order of the grid."""
    criteria = list(grid.criteria.all())
    fields.check_codes("answers", answers, [each.code for each in criteria])
    texts = {each.code: tidy_lines(answers.get(each.code, "")) for each in criteria}
    empty = [each.label for each in criteria if not texts[each.code]]
    ensure(not empty, "label_answers_missing", field="answers", criteria=", ".join(empty))
    for text in texts.values():
        fields.limit(fields.TEXT_LIMIT, answers=text)
    return texts
