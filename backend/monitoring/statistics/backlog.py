"""What waits in each queue, by how long it has been waiting."""

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value

from backend.accounts.models import UNDECIDED, Person, PersonKind, PersonState
from backend.core import clock
from backend.monitoring.days import during
from backend.monitoring.queues import all_of, narrowed
from backend.schools.models import MembershipState, SchoolMembership

# Days that something has been waiting, from and to.
AGES: dict[str, tuple[int, int | None]] = {"0-7": (0, 7), "8-14": (8, 14), "15-30": (15, 30), "31-": (31, None)}


def waiting_days(age: str) -> tuple[date | None, date]:
    """The days since when something of this age has been waiting."""
    today = clock.now().date()
    low, high = AGES[age]
    return (None if high is None else today - timedelta(days=high), today - timedelta(days=low))


def backlog_ages(officer: Person, country: str = "") -> dict[str, dict[str, int]]:
    """By queue and age; one query."""
    queues = [(name, narrowed(queue, country=country)) for name, queue in all_of(officer).items() if name != "people"]
    counted = [_by_age(name, queue) for name, queue in [*queues, *_people(officer, country)]]
    found: dict[str, dict[str, int]] = {name: dict.fromkeys(AGES, 0) for name in all_of(officer)}
    for name, *numbers in counted[0].union(*counted[1:], all=True):
        for age, number in zip(AGES, numbers, strict=True):
            found[name][age] += number
    return found


def _people(officer: Person, country: str) -> list[tuple[str, QuerySet[Any]]]:
    """New people, and validated ones by the first further school they joined: apart, each is found by an index."""
    scope = officer.oversees
    newcomers = Person.objects.filter(scope.where("country", "school__region"), kind=PersonKind.STAFF)
    newcomers = newcomers.filter(state__in=UNDECIDED).annotate(waiting_since=F("state_since"))
    waiting = SchoolMembership.objects.filter(state=MembershipState.PENDING)
    earlier = waiting.filter(person=OuterRef("person"), created_at__lt=OuterRef("created_at"))
    joined = waiting.filter(
        scope.where("person__country", "person__school__region"), ~Exists(earlier),
        person__kind=PersonKind.STAFF, person__state=PersonState.VALIDATED,
    ).annotate(waiting_since=F("created_at"))  # fmt: skip
    if country:
        newcomers, joined = newcomers.filter(country=country), joined.filter(person__country=country)
    return [("people", newcomers), ("people", joined)]


def _by_age(name: str, queue: QuerySet[Any]) -> QuerySet[Any]:
    ages = {f"age_{place}": Count("pk", filter=_of_age(age)) for place, age in enumerate(AGES)}
    named = queue.order_by().annotate(queue=Value(name, CharField())).values_list("queue")
    counted: QuerySet[Any] = named.annotate(**ages)
    return counted


def _of_age(age: str) -> Q:
    return during("waiting_since", *waiting_days(age))
