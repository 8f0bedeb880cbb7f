"""Where a project stands: which step, whose turn it is, since when and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.core import clock
from backend.projects.models import OPENED, Decision, Outcome, Project, ProjectMember, ProjectState


class StepKind(StrEnum):
    TEXT = "TEXT"
    PARTNER = "PARTNER"
    AGENCY = "AGENCY"
    OPEN = "OPEN"


class StepState(StrEnum):
    DONE = "DONE"
    NOW = "NOW"
    LATER = "LATER"
    STOPPED = "STOPPED"


@dataclass(frozen=True)
class Step:
    """One step; `country` is the agency's, `since` and `due_at` are those of a step that waits."""

    kind: StepKind
    state: StepState
    country: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    members: tuple[ProjectMember, ...] = ()  # of founders whose turn it is

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at < clock.now()


PLACE = {
    ProjectState.DRAFT: 0, ProjectState.CHANGES_REQUESTED: 0, ProjectState.PENDING_PARTNER: 1,
    ProjectState.DECLINED_BY_PARTNER: 1, ProjectState.PENDING_APPROVAL: 2, ProjectState.REFUSED: 2,
}  # fmt: skip
STOPPED = (ProjectState.DECLINED_BY_PARTNER, ProjectState.REFUSED, ProjectState.WITHDRAWN)


def steps_of(project: Project) -> list[Step]:
    """Text, the partner's agreement, one step for each founder country, open. No query when members and decisions
    are prefetched."""
    state = ProjectState(project.state)
    at = 3 if state in OPENED else PLACE.get(state, 0)
    return [
        _step(project, StepKind.TEXT, 0, at),
        _step(project, StepKind.PARTNER, 1, at),
        *(_agency(project, country, at) for country in project.founder_countries),
        Step(StepKind.OPEN, StepState.DONE if at == 3 else StepState.LATER),  # noqa: PLR2004 (the last place)
    ]


def _step(project: Project, kind: StepKind, place: int, at: int) -> Step:
    if place < at:
        return Step(kind, StepState.DONE)
    if place > at:
        return Step(kind, StepState.LATER)
    if project.state in STOPPED:
        return Step(kind, StepState.STOPPED, since=project.state_since)
    asked = [m for m in project.founders if kind == StepKind.TEXT or m.person_id != project.submitted_by_id]
    due = project.answer_due_at if kind == StepKind.PARTNER else None
    return Step(kind, StepState.NOW, since=project.state_since, due_at=due, members=tuple(asked))


def _agency(project: Project, country: str, at: int) -> Step:
    decision: Decision | None = next((d for d in project.current_decisions if d.country_id == country), None)
    if at < 2 or decision is None:  # noqa: PLR2004 (not asked yet, or an earlier round)
        return Step(StepKind.AGENCY, StepState.LATER, country)
    if decision.outcome == Outcome.APPROVED:
        return Step(StepKind.AGENCY, StepState.DONE, country)
    if decision.outcome == Outcome.PENDING and project.state == ProjectState.PENDING_APPROVAL:
        return Step(StepKind.AGENCY, StepState.NOW, country, decision.created_at, decision.due_at)
    return Step(StepKind.AGENCY, StepState.STOPPED, country, decision.decided_at)
