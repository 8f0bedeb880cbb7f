"""Counting everything afresh."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from backend.eventlog.models import Entry
from backend.monitoring.models import Counted, DailyStat, Grain, StatChange, Work
from backend.monitoring.models.rollups import EVER
from backend.monitoring.rollups.cell import Cell, everywhere
from backend.monitoring.rollups.cells import COUNTINGS
from backend.monitoring.rollups.folding import store_sums
from backend.monitoring.rollups.work import KINDS, MODERATION, OTHER, take_pulse
from backend.projects.models import Project
from backend.workspaces.models import Inside

BATCH = 2_000
Sums = Counter[Cell]


@transaction.atomic
def rebuild_statistics() -> int:
    """Throw the figures away and count everything; returns the number of sums. Work is only ever added to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Counted._meta.db_table}, {StatChange._meta.db_table} IN EXCLUSIVE MODE")
    _find_work()
    for rows in (StatChange, DailyStat, Counted):
        rows._default_manager.all().delete()
    sums: Sums = Counter()
    for batch in counted_afresh():
        Counted.objects.bulk_create(Counted(subject_id=key, cells=[list(c) for c in cells]) for key, cells in batch)
        for _, cells in batch:
            sums.update(cells)
    sums.update(work_cells())
    stored = dict(coarser(sums))
    store_sums(stored)
    return len(stored)


def coarser(sums: Sums) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for cell, number in sums.items():
        day = date.fromisoformat(cell.day)
        for grain, start in ((Grain.DAY, day), (Grain.MONTH, day.replace(day=1)), (Grain.EVER, EVER)):
            found[grain.value, cell.country, cell.measure, cell.code, start] += number
    return found


def counted_afresh() -> Iterator[list[tuple[UUID, list[Cell]]]]:
    """Things in batches, with what each counts for."""
    for counting in COUNTINGS.values():
        last = UUID(int=0)
        while things := list(counting.rows().filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = things[-1].pk
            yield [(thing.pk, cells) for thing in things if (cells := sorted(counting.cells(thing)))]


def work_cells() -> Sums:
    sums: Sums = Counter()
    done = Work.objects.values_list("school__country", "kind", "day").annotate(number=Sum("number"))
    for country, kind, day, number in done:
        for cell in everywhere([country], kind, day):
            sums[cell] += number
    return sums


def _find_work() -> None:
    """Workspaces without any work: read it off their streams, as far as these go back."""
    rows = Work.objects.values("workspace")
    found = told_work().exclude(stream__in=rows)
    sums: Counter[Any] = Counter()
    for stream, school, at, kind in found.values_list("stream", "event__actor__school", "event__at", "event__kind"):
        sums[stream, school, at.date(), KINDS.get(kind, OTHER)] += 1
    Work.objects.bulk_create(
        (
            Work(workspace_id=stream, school_id=school, day=day, kind=kind, number=number, is_folded=True)
            for (stream, school, day, kind), number in sums.items()
        ),
        batch_size=5_000,
    )
    silent = Project.objects.filter(workspace__in=Work.objects.values("workspace"), pulse=None)
    take_pulse(silent.values_list("pk", flat=True))


def told_work() -> Any:
    """What was done inside workspaces by people who have a school."""
    inside = [model._meta.label for model in _subclasses(Inside)]
    told = Entry.objects.filter(event__subject_type__in=inside, event__actor__school__isnull=False)
    told = told.exclude(event__kind__startswith=MODERATION)
    return told.filter(stream__in=Project.objects.filter(round__gt=0).values("workspace"))


def _subclasses(model: Any) -> Iterator[Any]:
    for each in model.__subclasses__():
        yield from [each] if not each._meta.abstract else _subclasses(each)
