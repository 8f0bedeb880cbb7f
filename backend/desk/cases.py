"""A case: one thing that waits in one of the queues."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from backend.accounts.models import Person
from backend.agencies.models import Officer
from backend.agencies.permissions import DECIDING_PLACES
from backend.desk.models import Assignment, Queue
from backend.eventlog.models import Event
from backend.monitoring.queues import URGENCY, all_of


@dataclass(frozen=True)
class Case:
    """What waits, and where."""

    queue: Queue
    row: Any

    @property
    def country(self) -> str:
        code: str = self.row.country_id
        return code

    @property
    def subject(self) -> Any:
        """What the audit trail tells about: a decision is a part of its project."""
        return self.row.project if self.queue == Queue.PROJECTS else self.row

    def waits_for(self, officer: Person) -> bool:
        """Whether it is in this officer's queue now."""
        return waiting(officer, self.queue).filter(pk=self.row.pk).exists()


def waiting(officer: Person, queue: str) -> QuerySet[Any]:
    """A queue by its name."""
    return all_of(officer)[queue]


def find_case(officer: Person, queue: str, key: UUID) -> Case | None:
    """A case of the officer's queue; none where it does not wait for them."""
    row = waiting(officer, queue).filter(pk=key).first()
    return Case(Queue(queue), row) if row is not None else None


def next_case(officer: Person, queue: str) -> Case | None:
    """The most urgent case that nobody looks after yet."""
    taken = Assignment.objects.filter(case_id=OuterRef("pk"))
    row = waiting(officer, queue).filter(~Exists(taken)).order_by(*URGENCY).first()
    return Case(Queue(queue), row) if row is not None else None


def looked_after(queue: QuerySet[Any], officer: Person, whose: str) -> QuerySet[Any]:
    """Only the officer's own cases (`mine`), those of `nobody`, or those of `others`."""
    taken = Assignment.objects.filter(case_id=OuterRef("pk"))
    mine = taken.filter(officer=officer)
    chosen = {"mine": Exists(mine), "nobody": ~Exists(taken), "others": Exists(taken.exclude(officer=officer))}
    return queue.filter(chosen[whose])


def officers_of(rows: Sequence[Any]) -> dict[UUID, Person]:
    """Who looks after which case, for a page of them."""
    found = Assignment.objects.filter(case_id__in=[row.pk for row in rows]).select_related("officer")
    return {assignment.case_id: assignment.officer for assignment in found}


def colleagues(officer: Person) -> QuerySet[Person]:
    """Whom an officer may give cases to: who decides at the same agency."""
    same = Officer.objects.in_force().filter(agency=officer.officer.agency_id, role__in=DECIDING_PLACES)
    return Person.objects.filter(pk__in=same.values("person")).order_by("family_name", "given_name", "pk")


def decided_by(officer: Person, case: Case) -> Person | None:
    """Who did the last thing to a case, as far as the officer may know."""
    last = Event.objects.visible_to(officer).filter(subject_id=case.subject.pk, actor__isnull=False)
    event = last.select_related("actor").order_by("-pk").first()
    return event.actor if event else None
