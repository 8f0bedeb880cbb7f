"""Reading sums: folded ones and what was appended since, in one statement, so that a folding between cannot be seen."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from backend.monitoring.models import DailyStat, Grain, StatChange
from backend.monitoring.models.rollups import EVER

Sums = Counter[tuple[str, str, str]]  # by country, measure and code


@dataclass(frozen=True)
class Window:
    """Days from one to the other, both counted; open where there is none. Of some measures, if any are named."""

    since: date | None = None
    until: date | None = None
    measures: tuple[str, ...] = ()

    @property
    def named(self) -> Q:
        return Q(measure__in=self.measures) if self.measures else Q()

    @property
    def days(self) -> Q:
        """Of rows with a day."""
        since = Q(day__gte=self.since) if self.since else Q()
        return self.named & since & (Q(day__lte=self.until) if self.until else Q())

    @property
    def later(self) -> "Window | None":
        """What comes after a window that begins with everything: its sum is all but that."""
        if self.since or self.until is None:
            return None
        return Window(self.until + timedelta(days=1), None, self.measures)

    @property
    def sums(self) -> Q:
        """Of folded sums: one over everything, or whole months and the days beside them."""
        return self.named & self._grains()

    def _grains(self) -> Q:
        if self.since is None:
            return Q(grain=Grain.EVER, day=EVER)
        first, last = self._months(self.since)
        if first > last:
            return Window(self.since, self.until).days & Q(grain=Grain.DAY)
        months = Q(grain=Grain.MONTH, day__gte=first, day__lte=last)
        before = Q(day__lt=first, day__gte=self.since)
        after = Q(day__gte=_next_month(last)) & (Q(day__lte=self.until) if self.until else Q())
        return months | Q(grain=Grain.DAY) & (before | after)

    def _months(self, since: date) -> tuple[date, date]:
        """The first days of the first and the last whole month."""
        first = since if since.day == 1 else _next_month(since)
        end = date(9000, 1, 1) if self.until is None else self.until + timedelta(days=1)
        return first, (end.replace(day=1) - timedelta(days=1)).replace(day=1)


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def sums(windows: Mapping[str, Window], *, countries: Collection[str]) -> dict[str, Sums]:
    """By window, what is counted in these countries (blank: Europe); one query."""
    taken = {name: later.sums for name, each in windows.items() if (later := each.later)}
    stored, changed = (rows.objects.filter(country__in=countries) for rows in (DailyStat, StatChange))
    folded = _summed(stored, {name: each.sums for name, each in windows.items()}, taken)
    fresh = _summed(changed, {name: each.days for name, each in windows.items()}, {})
    found: dict[str, Sums] = {name: Counter() for name in windows}
    for country, measure, code, *numbers in folded.union(fresh, all=True):
        for name, number in zip(windows, numbers, strict=True):
            if number:
                found[name][country, measure, code] += number
    return {name: +counted for name, counted in found.items()}


def _summed(rows: QuerySet[Any], added: Mapping[str, Q], taken: Mapping[str, Q]) -> QuerySet[Any]:
    conditions = [*added.values(), *taken.values()]
    narrowed = rows.filter(reduce(or_, conditions)) if all(conditions) else rows
    named = {f"in_{name}": _sum(condition) for name, condition in added.items()}
    named |= {f"in_{name}": named[f"in_{name}"] - _sum(condition) for name, condition in taken.items()}
    summed: QuerySet[Any] = narrowed.order_by().values_list("country", "measure", "code").annotate(**named)
    return summed


def _sum(condition: Q) -> Any:
    return Coalesce(Sum("number", filter=condition), 0)


def by_day(
    country: str, measures: Collection[str], window: Window, *, grain: Grain = Grain.DAY
) -> Counter[tuple[str, str, date]]:
    """By measure, code and day, or first day of the month; one query."""
    folded = DailyStat.objects.filter(window.days, country=country, grain=grain, measure__in=measures)
    fresh = StatChange.objects.filter(window.days, country=country, measure__in=measures)
    found: Counter[tuple[str, str, date]] = Counter()
    fields = "measure", "code", "day", "number"
    for measure, code, day, number in folded.values_list(*fields).union(fresh.values_list(*fields), all=True):
        found[measure, code, day.replace(day=1) if grain == Grain.MONTH else day] += number
    return +found


def by_month(country: str, measures: Collection[str], until: date, number: int) -> dict[str, list[tuple[date, int]]]:
    """By measure, the first day of each of the last so many months with what it counted; one query."""
    months = list(months_back(until, number))
    read = by_day(country, measures, Window(months[0], last_day(months[-1])), grain=Grain.MONTH)
    found: Counter[tuple[str, date]] = Counter()
    for (measure, _code, month), count in read.items():
        found[measure, month] += count
    return {measure: [(month, found[measure, month]) for month in months] for measure in measures}


def last_day(month: date) -> date:
    return _next_month(month.replace(day=1)) - timedelta(days=1)


def months_back(until: date, number: int) -> Iterator[date]:
    """The first days of so many months, the last one the month of that day."""
    count = until.year * 12 + until.month - 1
    for each in range(count - number + 1, count + 1):
        yield date(each // 12, each % 12 + 1, 1)
