"""How long things took: the median and the ninth decile, read off a histogram."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Durations:
    """Of all that came to an end in the period; none when nothing did. Hours and working days are whole ones."""

    number: int
    median: float | None
    percentile_90: float | None
    median_days: float | None = None
    percentile_90_days: float | None = None

    @classmethod
    def of(cls, hours: Counter[int], days: Counter[int]) -> "Durations":
        return cls(hours.total(), quantile(hours, 0.5), quantile(hours, 0.9), quantile(days, 0.5), quantile(days, 0.9))


def quantile(histogram: Counter[int], part: float) -> float | None:
    """Interpolated between the two nearest, as spreadsheets do it."""
    total = histogram.total()
    if not total:
        return None
    place = (total - 1) * part
    below = int(place)
    low, high = _at(histogram, below), _at(histogram, min(below + 1, total - 1))
    return round(low + (high - low) * (place - below), 1)


def _at(histogram: Counter[int], place: int) -> int:
    """The value at a place of the sorted list."""
    for value in sorted(histogram):
        place -= histogram[value]
        if place < 0:
            return value
    raise IndexError(place)
