"""The map: what lies where, and how heavy it is."""

import gzip
import re

import pytest

from backend.schools.countries import PARTICIPANTS
from dashboard.svg.europe import DRAWING, FILE
from dashboard.svg.projection import EUROPE, HEIGHT, WIDTH


def rings(path: str) -> list[list[tuple[int, int]]]:
    found = []
    for ring in filter(None, path.split("z")):
        numbers = [int(n) for n in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def holds(code: str, longitude: float, latitude: float) -> bool:
    x, y = (10 * value for value in EUROPE(longitude, latitude))
    inside = False
    for ring in rings(DRAWING["countries"][code]):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "country"),
    [
        ("Simferopol", 34.1, 44.95, "UA"), ("north of Nicosia", 33.35, 35.25, "CY"), ("Limassol", 33.0, 34.75, "CY"),
        ("Pristina", 21.16, 42.66, "XK"), ("Niš", 21.9, 43.32, "RS"), ("Ramallah", 35.2, 31.9, "PS"),
        ("Amman", 35.93, 31.95, "JO"), ("Tunis", 10.1, 36.7, "TN"), ("Baku", 49.7, 40.4, "AZ"), ("Lyon", 4.84, 45.76, "FR"),
        ("Mariehamn", 19.95, 60.2, "FI"), ("Reykjavík", -21.8, 64.13, "IS"), ("Valletta", 14.45, 35.88, "MT"),
        ("Vaduz", 9.53, 47.15, "LI"), ("Kirkenes", 29.9, 69.65, "NO"),
    ],
)  # fmt: skip
def test_towns_lie_in_their_countries(town: str, longitude: float, latitude: float, country: str) -> None:
    assert [code for code in PARTICIPANTS if holds(code, longitude, latitude)] == [country], town


def test_every_country_is_drawn_and_its_arcs_begin_inside_the_frame() -> None:
    assert set(DRAWING["countries"]) == set(DRAWING["anchors"]) == set(PARTICIPANTS)
    assert all(DRAWING["countries"].values())
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in DRAWING["anchors"].values())


def test_the_map_is_light() -> None:
    assert len(gzip.compress(FILE.read_bytes())) <= 22 * 1024
