"""The map: countries by how much, and arcs between those that work together."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.schools.countries import country_label
from dashboard.svg.europe import DRAWING
from dashboard.svg.heat import heat
from dashboard.svg.projection import HEIGHT, WIDTH

MOST_ARCS = 45
WEAK, STRONG = 0.8, 6.0  # strokes
BEND = 0.18
SMALL = {"LI": 7, "LU": 7, "MT": 8}  # too small to be hit otherwise: the radius of a disc


@dataclass(frozen=True)
class Shape:
    """A country as it is drawn; without an address it is no link."""

    code: str
    path: str
    heat: int
    label: str
    url: str
    chosen: bool
    disc: tuple[int, int, int] | None


@dataclass(frozen=True)
class Arc:
    path: str
    width: float


@dataclass(frozen=True)
class Map:
    shapes: list[Shape]
    arcs: list[Arc]
    insets: list[list[float]]
    land: str
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    numbers: Mapping[str, int],
    links: Mapping[str, str],
    labels: Mapping[str, str],
    pairs: Iterable[tuple[str, str, int]],
    chosen: str = "",
) -> Map:
    """Countries with a number are tinted, pairs are joined: the strongest on top, the weak thin, at most 45."""
    most = max((number for code, number in numbers.items() if code != chosen), default=0)
    shapes = [
        Shape(
            code=code,
            path=path,
            heat=0 if code == chosen else heat(numbers.get(code, 0), most),
            label=labels.get(code, country_label(code)),
            url=links.get(code, ""),
            chosen=code == chosen,
            disc=(*DRAWING["anchors"][code], SMALL[code]) if code in SMALL else None,
        )
        for code, path in sorted(DRAWING["countries"].items(), key=lambda item: country_label(item[0]))
    ]
    return Map(shapes, arcs(pairs), list(DRAWING["insets"].values()), DRAWING["land"])


def arcs(pairs: Iterable[tuple[str, str, int]]) -> list[Arc]:
    """Weakest first, so that strong ones lie on top."""
    abroad = sorted(((number, one, other) for one, other, number in pairs if one != other and number), reverse=True)
    strongest = abroad[:MOST_ARCS]
    most = max((number for number, _, _ in strongest), default=1)
    return [Arc(_arc(one, other), _width(number, most)) for number, one, other in reversed(strongest)]


def _width(number: int, most: int) -> float:
    return round(WEAK + (STRONG - WEAK) * math.sqrt(number / most), 1) if number > 1 else WEAK


def _arc(one: str, other: str) -> str:
    (x1, y1), (x2, y2) = sorted((DRAWING["anchors"][one], DRAWING["anchors"][other]))
    x, y = (x1 + x2) / 2 + (y2 - y1) * BEND, (y1 + y2) / 2 - (x2 - x1) * BEND
    return f"M{x1} {y1}Q{x:.0f} {y:.0f} {x2} {y2}"
