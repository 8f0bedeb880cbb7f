"""The unit of counting: one thing counts once in a country, for a measure and a code, on a day."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from backend.core import clock

EUROPE = ""  # all countries together
HOUR = timedelta(hours=1)


class Cell(NamedTuple):
    country: str
    measure: str
    code: str
    day: str


def day_of(moment: datetime | date) -> str:
    """Figures are of days in UTC, whoever reads them."""
    day = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
    return day.isoformat()


def everywhere(countries: Iterable[str], measure: str, moment: datetime | date, code: str = "") -> Iterator[Cell]:
    """Once in each country, and once in Europe."""
    for country in (*countries, EUROPE):
        yield Cell(country, measure, code, day_of(moment))


def spans(country: str, measure: str, start: datetime, end: datetime) -> Iterator[Cell]:
    """How long something took, in whole hours and in whole working days, on the day it ended."""
    hours = max(int((end - start) / HOUR), 0)
    yield from everywhere([country], f"{measure}_hours", end, f"{hours}")
    yield from everywhere([country], f"{measure}_days", end, f"{clock.working_days_between(start, end)}")
