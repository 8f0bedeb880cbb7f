"""The time, and counting in working days."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

SATURDAY = 5
_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    return _stopped.get() or timezone.now()


@contextmanager
def stopped(moment: datetime) -> Iterator[None]:
    """It is that moment until the end of the block."""
    before = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(before)


def after_working_days(start: datetime, days: int) -> datetime:
    """The same hour, so many working days (Monday to Friday) later."""
    end = start
    while days > 0:
        end += timedelta(days=1)
        if end.weekday() < SATURDAY:
            days -= 1
    return end


def working_days_between(start: datetime, end: datetime) -> int:
    """Whole working days from start to end; 0 when end is not later."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return weeks * 5 + sum((start + timedelta(days=day + 1)).weekday() < SATURDAY for day in range(rest))
