"""What waits in each queue, by how long it has been waiting."""

from datetime import date, timedelta

from django.db.models import CharField, Count, Q, Value

from backend.accounts.models import Person
from backend.core import clock
from backend.monitoring.days import during
from backend.monitoring.queues import all_of, narrowed

# Days that something has been waiting, from and to.
AGES: dict[str, tuple[int, int | None]] = {"0-7": (0, 7), "8-14": (8, 14), "15-30": (15, 30), "31-": (31, None)}


def waiting_days(age: str) -> tuple[date | None, date]:
    """The days since when something of this age has been waiting."""
    today = clock.now().date()
    low, high = AGES[age]
    return (None if high is None else today - timedelta(days=high), today - timedelta(days=low))


def backlog_ages(officer: Person, country: str = "") -> dict[str, dict[str, int]]:
    """By queue and age; one query."""
    sides = {f"age_{place}": _of_age(age) for place, age in enumerate(AGES)}
    queues = [
        narrowed(queue, country=country)
        .order_by()
        .annotate(queue=Value(name, CharField()))
        .values_list("queue")
        .annotate(**{side: Count("pk", filter=condition, distinct=True) for side, condition in sides.items()})
        for name, queue in all_of(officer).items()
    ]
    found: dict[str, dict[str, int]] = {name: dict.fromkeys(AGES, 0) for name in all_of(officer)}
    for name, *numbers in queues[0].union(*queues[1:], all=True):
        found[name] = dict(zip(AGES, numbers, strict=True))
    return found


def _of_age(age: str) -> Q:
    return during("waiting_since", *waiting_days(age))
