"""Lines and sparklines as SVG; each stands beside a table with the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 640, 180, 6


@dataclass(frozen=True)
class Line:
    """A line over equal steps, the area under it, and the largest number, at its top."""

    line: str
    area: str
    dots: list[tuple[float, float]]
    most: int
    width: int
    height: int


def line(numbers: Sequence[int], *, width: int = WIDTH, height: int = HEIGHT) -> Line:
    most = nice(max(numbers, default=0))
    step = (width - 2 * MARGIN) / max(len(numbers) - 1, 1)
    room = height - 2 * MARGIN
    dots = [
        (round(MARGIN + place * step, 1), round(height - MARGIN - number / most * room, 1))
        for place, number in enumerate(numbers)
    ]
    points = " ".join(f"{x:g},{y:g}" for x, y in dots)
    foot = height - MARGIN
    area = f"{dots[0][0]:g},{foot} {points} {dots[-1][0]:g},{foot}" if dots else ""
    return Line(points, area, dots, most, width, height)


def sparkline(numbers: Sequence[int]) -> Line:
    return line(numbers, width=120, height=32)


def nice(number: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not smaller."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if step * size >= number:
                return step * size
        size *= 10
