"""The proof that the figures are right: everything is counted afresh and compared."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, Sum

from backend.eventlog.models import Stream
from backend.monitoring.models import Counted, DailyStat, Grain, Pulse, StatChange, Work
from backend.monitoring.rollups.cell import Cell
from backend.monitoring.rollups.rebuilding import Sums, coarser, counted_afresh, told_work, work_cells


def differences() -> Iterator[str]:
    """A sentence for each figure that is not what counting afresh gives."""
    sums: Sums = Counter()
    stored = dict(Counted.objects.values_list("subject_id", "cells"))
    for batch in counted_afresh():
        for key, cells in batch:
            sums.update(cells)
            if sorted(map(tuple, stored.pop(key, []))) != cells:
                yield f"{key}: is not counted for what it is"
    yield from (f"{key}: counts, though it should not" for key, cells in stored.items() if cells)
    sums.update(work_cells())
    yield from _differing(coarser(sums), _summed())
    yield from _differing_work()
    yield from _differing_pulses()


def _summed() -> Counter[Any]:
    """What a reader gets: folded sums and changes not folded yet."""
    fields = ("country", "measure", "code", "day", "number")
    found: Counter[Any] = Counter()
    changes: Sums = Counter()
    for country, measure, code, day, number in StatChange.objects.values_list(*fields):
        changes[Cell(country, measure, code, day.isoformat())] += number
    for grain, country, measure, code, day, number in DailyStat.objects.values_list("grain", *fields):
        found[grain, country, measure, code, day] += number
    found.update(coarser(changes))
    return found


def _differing(right: Counter[Any], stored: Counter[Any]) -> Iterator[str]:
    for key in sorted(right.keys() | stored.keys()):
        if right[key] != stored[key]:
            grain, country, measure, code, day = key
            what = " ".join(filter(None, (measure, code, country or "everywhere")))
            when = {Grain.EVER: "ever", Grain.MONTH: f"{day:%Y-%m}"}.get(grain, f"{day}")
            yield f"{what}, {when}: {stored[key]}, counted {right[key]}"


def _differing_work() -> Iterator[str]:
    """Only where the stream still goes back to its beginning."""
    whole = Stream.objects.filter(floor=0).values("pk")
    told: Counter[Any] = Counter()
    for stream, at in told_work().filter(stream__in=whole).values_list("stream", "event__at"):
        told[stream, at.date()] += 1
    done = Work.objects.filter(workspace__in=whole).values_list("workspace", "day").annotate(number=Sum("number"))
    counted = {(workspace, day): number for workspace, day, number in done}
    for key in sorted(told.keys() | counted.keys()):
        if told[key] != counted.get(key, 0):
            yield f"work in {key[0]}, {key[1]}: {counted.get(key, 0)}, counted {told[key]}"


def _differing_pulses() -> Iterator[str]:
    pulses = dict(Pulse.objects.values_list("project__workspace", "last_on"))
    days = dict(Work.objects.order_by().values_list("workspace").annotate(last=Max("day")))
    for workspace in sorted(pulses.keys() | days.keys(), key=str):
        if pulses.get(workspace) != days.get(workspace):
            yield f"pulse of {workspace}: {pulses.get(workspace)}, counted {days.get(workspace)}"
