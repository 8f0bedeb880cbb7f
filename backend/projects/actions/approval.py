"""One decision for each founder country; when all have approved, the project opens."""

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.projects.events import (
    ProjectApproved,
    ProjectChangesRequested,
    ProjectFact,
    ProjectOpened,
    ProjectRefused,
)
from backend.projects.models import OPENED, Decision, Outcome, Project, ProjectState
from backend.projects.permissions import can_decide_project
from backend.schools.models import ApprovalPolicy, Country


@transaction.atomic
def approve_project(project: Project, *, actor: Person, side: str, comment: str = "") -> Project:
    """One founder country's agency approves; when both have, the project opens."""
    decision = _waiting_decision(project, actor, side, comment)
    project = decision.project
    _settle(decision, Outcome.APPROVED, actor, comment)
    record(ProjectApproved(project, side), actor=actor)
    open_when_approved(project)
    return project


@transaction.atomic
def request_project_changes(project: Project, *, actor: Person, side: str, comment: str) -> Project:
    """Back to the founders, with what should be different."""
    ensure(bool(comment.strip()), "reason_missing", field="comment")
    decision = _waiting_decision(project, actor, side, comment)
    project = decision.project
    _settle(decision, Outcome.CHANGES_REQUESTED, actor, comment)
    _stop(project, ProjectState.CHANGES_REQUESTED, comment)
    record(ProjectChangesRequested(project, side), actor=actor)
    return project


@transaction.atomic
def refuse_project(project: Project, *, actor: Person, side: str, comment: str) -> Project:
    """One agency refuses, with a reason both founders read; that ends the project."""
    ensure(bool(comment.strip()), "reason_missing", field="comment")
    decision = _waiting_decision(project, actor, side, comment)
    project = decision.project
    _settle(decision, Outcome.REFUSED, actor, comment)
    _stop(project, ProjectState.REFUSED, comment)
    record(ProjectRefused(project, side), actor=actor)
    return project


def ask_agencies(project: Project, because: ProjectFact, *, actor: Person) -> None:
    """A new round: each founder country decides, by policy at once for experienced founders."""
    now = clock.now()
    change(project, state=ProjectState.PENDING_APPROVAL, state_since=now, round=project.round + 1)
    decisions = [_ask(project, country) for country in Country.objects.filter(pk__in=project.founder_countries)]
    record(because, actor=actor)
    for decision in decisions:
        if decision.is_automatic:
            record(ProjectApproved(project, decision.country_id), actor=None)
    open_when_approved(project)


def _ask(project: Project, country: Country) -> Decision:
    now = project.state_since
    due = clock.after_working_days(now, country.target_working_days)
    decision = Decision(project=project, round=project.round, country=country, due_at=due)
    if country.approval == ApprovalPolicy.AUTOMATIC and _are_experienced(project):
        decision.outcome, decision.is_automatic, decision.decided_at = Outcome.APPROVED, True, now
    decision.save(force_insert=True)
    return decision


def open_when_approved(project: Project) -> None:
    """Open the project, and with it the workspace, once no side is left to approve."""
    outcomes = project.decisions.filter(round=project.round).values_list("outcome", flat=True)
    if set(outcomes) == {Outcome.APPROVED}:
        change(project, state=ProjectState.OPEN, state_since=clock.now())
        record(ProjectOpened(project), actor=None)


def _waiting_decision(project: Project, actor: Person, side: str, comment: str) -> Decision:
    project = Project.objects.lock(project)
    allow(can_decide_project(actor, project, side))
    ensure(project.awaits(side), "project_not_pending")
    stand_in(actor, comment, side)
    fields.limit(fields.TEXT_LIMIT, comment=comment)
    decision = project.decisions.get(round=project.round, country=side)
    decision.project = project
    return decision


def _settle(decision: Decision, outcome: str, actor: Person, comment: str) -> None:
    comment = tidy_lines(comment)
    change(decision, outcome=outcome, decided_by=actor, decided_at=clock.now(), comment=comment)


def _stop(project: Project, state: str, comment: str) -> None:
    change(project, state=state, state_since=clock.now(), state_comment=tidy_lines(comment))


def _are_experienced(project: Project) -> bool:
    """Both founders are validated, and each has had a project approved before."""
    people = [m.person for m in project.founders]
    opened = [
        Project.objects.filter(members__person=p, members__role="FOUNDER", state__in=OPENED).exists() for p in people
    ]
    return all(opened) and all(p.is_validated_staff for p in people)
