"""What waits for an officer: people, and projects one decision at a time; the most urgent first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, Min, OuterRef, Q, QuerySet, Subquery, When

from backend.accounts.models import Person, PersonQuerySet, PersonState
from backend.core import clock
from backend.projects.models import Decision, Outcome, ProjectState
from backend.schools.models import MembershipState, SchoolMembership

SOON = 2  # working days
URGENCY = (F("due_at").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Backlog:
    """How many wait in a queue, how many of them too long, and since when the first one does."""

    waiting: int
    overdue: int
    oldest: datetime | None


def people_waiting(officer: Person) -> PersonQuerySet:
    """People to look at, with `waiting_since`: for a validated person, the day they joined the further school."""
    further = SchoolMembership.objects.filter(person=OuterRef("pk"), state=MembershipState.PENDING)
    joined = Subquery(further.order_by("created_at").values("created_at")[:1])
    moved = When(state=PersonState.VALIDATED, then=joined)
    since = Case(moved, default=F("state_since"), output_field=DateTimeField())
    return Person.objects.waiting_for(officer).annotate(waiting_since=since)


def decisions_waiting(officer: Person) -> QuerySet[Decision]:
    """What this officer's side has still to decide, with `waiting_since`; central sees every side."""
    return Decision.objects.filter(
        officer.oversees.where("country"),
        outcome=Outcome.PENDING,
        round=F("project__round"),
        project__state=ProjectState.PENDING_APPROVAL,
    ).annotate(waiting_since=F("created_at"))


def backlog(queue: QuerySet[Any]) -> Backlog:
    """One query, whatever the length."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    row = queue.aggregate(waiting=Count("pk"), overdue=late, oldest=Min("waiting_since"))
    return Backlog(**row)


def soon() -> datetime:
    """What is due before this moment is due soon."""
    return clock.after_working_days(clock.now(), SOON)
