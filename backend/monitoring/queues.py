"""What waits for an officer: people, schools, projects one decision at a time, reports, labels, requests for help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, When

from backend.accounts.models import Person, PersonQuerySet, PersonState
from backend.core import clock
from backend.core.kept.statements import rows_of
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Appeal, HelpRequest, HelpState, Report, ReportState
from backend.projects.models import Decision, HandOver, Outcome, ProjectState, of_side
from backend.schools.models import MembershipState, School, SchoolMembership

SOON = 2  # working days
CAP = 1_000  # nobody needs to know how much more than that waits
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
        of_side(officer),
        outcome=Outcome.PENDING,
        round=F("project__round"),
        project__state=ProjectState.PENDING_APPROVAL,
    ).annotate(waiting_since=F("created_at"))


def schools_waiting(officer: Person) -> QuerySet[School]:
    """Proposed schools."""
    return School.objects.waiting_for(officer).annotate(waiting_since=F("state_since"))


def hand_overs_waiting(officer: Person) -> QuerySet[HandOver]:
    """Founders' places to be handed over; a queue of its own beside the six, which nobody takes cases from."""
    mine = HandOver.objects.waiting_for(officer)
    return mine.annotate(waiting_since=F("created_at"), country=F("giver__country"))


def reports_waiting(officer: Person) -> QuerySet[Report]:
    """Open reports; not those about the officer or made by them."""
    visible = Report.objects.visible_to(officer).exclude(reporter=officer)
    mine = visible.filter(officer.oversees.where("country"), state=ReportState.OPEN)
    return mine.annotate(waiting_since=F("created_at"))


def labels_waiting(officer: Person) -> QuerySet[LabelApplication]:
    """Applications for the national label that have been sent."""
    mine = LabelApplication.objects.filter(officer.oversees.where("country"), state=LabelState.SUBMITTED)
    return mine.annotate(waiting_since=F("created_at"))


def help_waiting(officer: Person) -> QuerySet[HelpRequest]:
    """Questions without an answer."""
    mine = HelpRequest.objects.filter(officer.oversees.where("country"), state=HelpState.OPEN)
    return mine.annotate(waiting_since=F("created_at"))


def appeals_waiting(officer: Person) -> QuerySet[Appeal]:
    """Appeals this officer may decide."""
    return Appeal.objects.waiting_for(officer).annotate(waiting_since=F("created_at"))


def all_of(officer: Person) -> dict[str, QuerySet[Any]]:
    """Every queue by its name."""
    return {
        "people": people_waiting(officer),
        "schools": schools_waiting(officer),
        "projects": decisions_waiting(officer),
        "reports": reports_waiting(officer),
        "labels": labels_waiting(officer),
        "help": help_waiting(officer),
    }


def besides(officer: Person) -> dict[str, QuerySet[Any]]:
    """What waits outside the six: nobody takes these cases, and there are few."""
    return {"appeals": appeals_waiting(officer), "hand_overs": hand_overs_waiting(officer)}


def backlog(queue: QuerySet[Any]) -> Backlog:
    """One query, whatever the length."""
    late = Count("pk", filter=Q(due_at__lt=clock.now()))
    row = queue.aggregate(waiting=Count("pk"), overdue=late, oldest=Min("waiting_since"))
    return Backlog(**row)


class Capped(Subquery):
    """How many rows, counted no further than one above the cap."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()
    empty_result_set_value = 0  # of a queue that nobody may see, such as a delegate's reports

    def __init__(self, queue: QuerySet[Any]) -> None:
        super().__init__(queue.order_by().values("pk")[: CAP + 1])


def standings(officer: Person) -> dict[str, Backlog]:
    """How every queue stands, and what waits besides, in one query, which is kept: it stands behind every page."""
    (row,) = rows_of(_standings, officer)
    names = dict.fromkeys(key.rpartition("_")[0] for key in row)
    return {name: Backlog(*(row[f"{name}_{part}"] for part in ("waiting", "overdue", "oldest"))) for name in names}


def _standings(officer: Person) -> QuerySet[Any]:
    """By queue how many wait, how many of them too long, and since when the first one does."""
    wanted: dict[str, Any] = {}
    for name, queue in (all_of(officer) | besides(officer)).items():
        wanted[f"{name}_waiting"] = Capped(queue)
        wanted[f"{name}_overdue"] = Capped(queue.filter(due_at__lt=clock.now()))
        wanted[f"{name}_oldest"] = Subquery(queue.order_by("waiting_since").values("waiting_since")[:1])
    return Person.objects.filter(pk=officer.pk).values(**wanted)


def soon() -> datetime:
    """What is due before this moment is due soon."""
    return clock.after_working_days(clock.now(), SOON)


def narrowed(queue: QuerySet[Any], *, country: str = "", overdue: bool = False) -> QuerySet[Any]:
    """Of one country, where an officer has several; only what should have been decided already."""
    if country:
        queue = queue.filter(country=country)
    return queue.filter(due_at__lt=clock.now()) if overdue else queue
