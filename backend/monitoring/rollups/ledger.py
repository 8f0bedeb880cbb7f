"""Appending changes: what a thing counts for now, less what it counted for before."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Model

from backend.monitoring.models import Counted, StatChange
from backend.monitoring.rollups.cell import Cell
from backend.monitoring.rollups.cells import COUNTINGS

BATCH = 1_000


def recount(model: type[Model], keys: Iterable[UUID]) -> None:
    """Count these things afresh; a thing that is gone, or counts no more, counts for nothing."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), BATCH):
        _recount(model, wanted[start : start + BATCH])


def _recount(model: type[Model], keys: list[UUID]) -> None:
    Counted.objects.bulk_create((Counted(subject_id=key) for key in keys), ignore_conflicts=True)
    before = {row.pk: row for row in Counted.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    counting = COUNTINGS[model]
    now = {thing.pk: sorted(counting.cells(thing)) for thing in counting.rows().filter(pk__in=keys)}
    changes: Counter[Cell] = Counter()
    for key, row in before.items():
        changes.update(now.get(key, []))
        changes.subtract(Cell(*cell) for cell in row.cells)
        row.cells = [list(cell) for cell in now.get(key, [])]
    append(changes)
    if any(changes.values()):
        Counted.objects.bulk_update(before.values(), ["cells"])


def append(changes: Counter[Cell]) -> None:
    StatChange.objects.bulk_create(
        StatChange(country=c.country, measure=c.measure, code=c.code, day=date.fromisoformat(c.day), number=number)
        for c, number in sorted(changes.items())
        if number
    )
