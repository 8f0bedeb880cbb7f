"""Folding: appended changes become sums; whoever reads adds both, so nothing depends on when it happens."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from backend.monitoring.models import DailyStat, Grain, StatChange, Work
from backend.monitoring.models.rollups import EVER
from backend.monitoring.rollups.work import take_pulse
from backend.projects.models import Project

AT_ONCE = 20_000
LOCK = 0x5F01D

Key = tuple[str, str, str, str, date]


def fold_statistics() -> int:
    """Everything appended so far; returns how many changes."""
    _fold_work()
    folded = 0
    while changes := _fold():
        folded += changes
    return folded


@transaction.atomic
def _fold() -> int:
    _one_at_a_time()
    rows = list(StatChange.objects.order_by("pk")[:AT_ONCE])
    sums: Counter[Key] = Counter()
    for row in rows:
        for grain, day in ((Grain.DAY, row.day), (Grain.MONTH, row.day.replace(day=1)), (Grain.EVER, EVER)):
            sums[grain.value, row.country, row.measure, row.code, day] += row.number
    _add({key: number for key, number in sums.items() if number})
    StatChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _add(sums: dict[Key, int]) -> None:
    known = DailyStat.objects.filter(
        measure__in={key[2] for key in sums}, country__in={key[1] for key in sums}, day__in={key[4] for key in sums}
    )
    cells = {(row.grain, row.country, row.measure, row.code, row.day): row for row in known if _key(row) in sums}
    for key, row in cells.items():
        row.number += sums[key]
    DailyStat.objects.bulk_update(cells.values(), ["number"], batch_size=500)
    store_sums({key: number for key, number in sums.items() if key not in cells})
    DailyStat.objects.filter(pk__in=[row.pk for row in cells.values() if row.number == 0]).delete()


def store_sums(sums: dict[Key, int]) -> None:
    DailyStat.objects.bulk_create(
        (
            DailyStat(grain=grain, country=country, measure=measure, code=code, day=day, number=number)
            for (grain, country, measure, code, day), number in sums.items()
        ),
        batch_size=5_000,
    )


def _key(row: DailyStat) -> Key:
    return row.grain, row.country, row.measure, row.code, row.day


@transaction.atomic
def _fold_work() -> None:
    """Rows of one day, school and kind become one; a pulse that was passed over is taken."""
    _one_at_a_time()
    fresh = list(Work.objects.filter(is_folded=False).order_by("pk")[:AT_ONCE])
    sums: Counter[tuple[UUID, UUID, date, str]] = Counter()
    for row in fresh:
        sums[row.workspace_id, row.school_id, row.day, row.kind] += row.number
    for (workspace, school, day, kind), number in sums.items():
        same = Work.objects.filter(workspace=workspace, school=school, day=day, kind=kind, is_folded=True)
        if not Work.objects.filter(pk__in=same.values("pk")[:1]).update(number=F("number") + number):
            Work.objects.create(
                workspace_id=workspace, school_id=school, day=day, kind=kind, number=number, is_folded=True
            )
    Work.objects.filter(pk__in=[row.pk for row in fresh]).delete()
    late = Project.objects.filter(workspace__in={row.workspace_id for row in fresh})
    take_pulse(late.values_list("pk", flat=True))


def _one_at_a_time() -> None:
    """Two foldings would add to the same sums. On SQLite there is one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
