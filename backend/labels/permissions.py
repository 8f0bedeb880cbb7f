"""Who may apply for, assess, award and nominate. No query where members and assessments are prefetched."""

from backend.accounts.models import Person
from backend.agencies.models import DECIDING
from backend.agencies.permissions import appointment, can_decide_for, is_central
from backend.core import clock
from backend.labels.models import LabelApplication, LabelAssessment, LabelDraft, LabelState
from backend.projects.models import Project, ProjectState
from backend.projects.permissions import member_of

FINISHED = (ProjectState.CLOSED, ProjectState.ARCHIVED)
SOON = 2  # months


def can_apply_for_label(actor: Person, project: Project) -> bool:
    """Validated staff who are in the project."""
    return actor.is_validated_staff and member_of(project, actor) is not None


def can_write_label_draft(actor: Person, draft: LabelDraft) -> bool:
    """Whoever began it."""
    return actor.is_validated_staff and draft.applicant_id == actor.pk


def is_european(project: Project) -> bool:
    return not project.is_national


def is_ready_for_label(project: Project) -> bool:
    """Finished, or open and about to be: its last month is near, or over."""
    if project.state != ProjectState.OPEN or project.ends_on is None:
        return project.state in FINISHED
    today, end = clock.now().date(), project.ends_on
    return (end.year - today.year) * 12 + end.month - today.month <= SOON


def awaits_decision(application: LabelApplication) -> bool:
    return application.state == LabelState.SUBMITTED


def can_withdraw_label_application(actor: Person, application: LabelApplication) -> bool:
    """Whoever applied."""
    return actor.is_validated_staff and application.applicant_id == actor.pk


def can_assess_label(actor: Person, application: LabelApplication) -> bool:
    """Officers and leads of the applicant's country."""
    return can_decide_for(actor, application.country_id)


def can_decide_label(actor: Person, application: LabelApplication) -> bool:
    """Officers and leads of the applicant's country."""
    return can_decide_for(actor, application.country_id)


def assessment_by(actor: Person, application: LabelApplication) -> LabelAssessment | None:
    """This officer's part in the application, if any."""
    return next((a for a in application.assessments.all() if a.assessor_id == actor.pk), None)


def has_conflict(actor: Person, application: LabelApplication) -> bool:
    """Whether this officer declared a conflict of interest."""
    mine = assessment_by(actor, application)
    return mine is not None and mine.conflict_declared_at is not None


def nominating_country(actor: Person) -> str | None:
    """The country for whose agency this officer may nominate; the central service nominates nobody."""
    officer = appointment(actor)
    return officer.agency.country_id if officer and officer.role in DECIDING else None


def can_award_european_label(actor: Person) -> bool:
    """Officers and leads of the central service."""
    officer = appointment(actor)
    return officer is not None and is_central(actor) and officer.role in DECIDING
