"""How the demo's rows get into the database: with the dates they bring along, and known to each other before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import DateField, Model


def know(owner: Model, name: str, related: list[Any]) -> None:
    """Let an instance that is not stored yet answer for its related rows without a query."""
    vars(owner).setdefault("_prefetched_objects_cache", {})[name] = related


@contextmanager
def keeping_dates(model: type[Model]) -> Iterator[None]:
    """Store the dates that rows bring along instead of the present time."""
    dates = [date for date in model._meta.local_fields if isinstance(date, DateField)]
    flags = [(date, date.auto_now, date.auto_now_add) for date in dates]
    for date in dates:
        date.auto_now = date.auto_now_add = False
    try:
        yield
    finally:
        for date, now, add in flags:
            date.auto_now, date.auto_now_add = now, add
