"""Draws dashboard/svg/europe.json from Natural Earth: `python docs/make_map.py countries-50m.json`.

The input is the file of that name in the npm package world-atlas 2.0.2: Natural Earth 4.1, 1:50m, as TopoJSON. Natural
Earth is in the public domain. Two borders are drawn as the United Nations see them: Crimea belongs to Ukraine (Natural
Earth draws who holds it), the north of Cyprus to Cyprus. Nothing else is changed but the number of points.
"""

import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.svg.projection import EUROPE, HEIGHT, WIDTH, Laea

Point = tuple[float, float]
Ring = list[Point]

TOLERANCE = 0.55  # of the drawing's units
SMALLEST = 2.5  # an island's area
NAMES = {
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark",
    "EE": "Estonia", "ES": "Spain", "FI": "Finland", "FR": "France", "GR": "Greece", "HR": "Croatia", "HU": "Hungary",
    "IE": "Ireland", "IT": "Italy", "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta",
    "NL": "Netherlands", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "SE": "Sweden", "SI": "Slovenia",
    "SK": "Slovakia", "IS": "Iceland", "LI": "Liechtenstein", "NO": "Norway", "MK": "Macedonia", "RS": "Serbia",
    "TR": "Turkey", "AL": "Albania", "BA": "Bosnia and Herz.", "ME": "Montenegro", "XK": "Kosovo", "AM": "Armenia",
    "AZ": "Azerbaijan", "GE": "Georgia", "JO": "Jordan", "LB": "Lebanon", "MD": "Moldova", "PS": "Palestine",
    "TN": "Tunisia", "UA": "Ukraine",
}  # fmt: skip
ALSO = {"CY": ["N. Cyprus"], "FI": ["Åland"]}
CRIMEA = (34.1, 44.95)
CAPITALS = {
    "AT": (16.37, 48.21), "BE": (4.35, 50.85), "BG": (23.32, 42.7), "CY": (33.2, 34.98), "CZ": (14.42, 50.09),
    "DE": (13.4, 52.52), "DK": (9.5, 56.0), "EE": (25.6, 58.9), "ES": (-3.7, 40.42), "FI": (25.5, 61.9),
    "FR": (2.35, 47.6), "GR": (22.9, 39.3), "HR": (15.98, 45.4), "HU": (19.04, 47.2), "IE": (-7.6, 53.3),
    "IT": (12.5, 42.4), "LT": (24.1, 55.3), "LU": (6.1, 49.75), "LV": (25.3, 56.9), "MT": (14.4, 35.9), "NL": (5.4, 52.3),
    "PL": (20.3, 52.1), "PT": (-8.3, 39.7), "RO": (25.3, 45.4), "SE": (15.6, 60.2), "SI": (14.8, 46.05),
    "SK": (19.5, 48.7), "IS": (-18.7, 64.9), "LI": (9.53, 47.15), "NO": (9.6, 61.2), "MK": (21.7, 41.6), "RS": (20.8, 44.1),
    "TR": (33.6, 39.2), "AL": (20.05, 41.1), "BA": (17.8, 44.1), "ME": (19.2, 42.8), "XK": (20.9, 42.6),
    "AM": (44.8, 40.4), "AZ": (47.8, 40.5), "GE": (43.8, 42.1), "JO": (36.4, 31.2), "LB": (35.9, 33.9), "MD": (28.6, 47.2),
    "PS": (35.25, 31.95), "TN": (9.5, 34.8), "UA": (31.3, 49.1),
}  # fmt: skip
# Far islands: whose, its middle, the box in degrees around it (west, south, east, north), and where it is drawn.
INSETS = {
    "azores": ("PT", (-31.5, 36.7, -24.8, 39.9)),
    "madeira": ("PT", (-17.4, 32.3, -16.1, 33.3)),
    "canaries": ("ES", (-18.4, 27.4, -13.2, 29.6)),
    "antilles": ("FR", (-62.0, 14.1, -60.5, 16.7)),
    "guyane": ("FR", (-54.9, 1.8, -51.3, 6.1)),
    "reunion": ("FR", (55.0, -21.6, 56.1, -20.7)),
    "mayotte": ("FR", (44.9, -13.1, 45.4, -12.5)),
}
BOX_WIDTH, BOX_HEIGHT, GAP, TOP = 62.0, 50.0, 8.0, 190.0


class Topology:
    def __init__(self, path: Path) -> None:
        read = json.loads(path.read_text())
        (sx, sy), (tx, ty) = read["transform"]["scale"], read["transform"]["translate"]
        self.arcs: list[Ring] = []
        for arc in read["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)
        self.shapes: dict[str, list[list[list[int]]]] = {}
        for shape in read["objects"]["countries"]["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            self.shapes.setdefault(shape["properties"]["name"], []).extend(polygons)

    def arc(self, number: int, arcs: list[Ring]) -> Ring:
        return arcs[number] if number >= 0 else arcs[~number][::-1]

    def ring(self, numbers: list[int], arcs: list[Ring] | None = None) -> Ring:
        points: Ring = []
        for number in numbers:
            points += self.arc(number, arcs or self.arcs)[1 if points else 0 :]
        return points


def merged(polygons: list[list[list[int]]]) -> list[list[int]]:
    """The rings of several polygons without the borders between them."""
    numbers = {number for polygon in polygons for ring in polygon for number in ring}
    kept = [n for polygon in polygons for ring in polygon for n in ring if ~n not in numbers]
    if len(kept) == sum(len(ring) for polygon in polygons for ring in polygon):
        return [ring for polygon in polygons for ring in polygon]
    return stitched(kept)


def stitched(kept: list[int]) -> list[list[int]]:
    starts = {TOPOLOGY.arc(n, TOPOLOGY.arcs)[0]: n for n in kept}
    rings: list[list[int]] = []
    while starts:
        _, number = starts.popitem()
        ring = [number]
        while (end := TOPOLOGY.arc(ring[-1], TOPOLOGY.arcs)[-1]) in starts:
            ring.append(starts.pop(end))
        rings.append(ring)
    return rings


def inside(point: Point, ring: Ring) -> bool:
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def simplified(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's; a closed line is cut at its farthest point first."""
    if len(points) < 3:  # noqa: PLR2004
        return points
    if points[0] == points[-1]:
        far = max(range(len(points)), key=lambda i: math.dist(points[0], points[i]))
        return simplified(points[: far + 1], tolerance)[:-1] + simplified(points[far:], tolerance)
    distance, place = max((off(p, points[0], points[-1]), i) for i, p in enumerate(points[1:-1], start=1))
    if distance <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: place + 1], tolerance)[:-1] + simplified(points[place:], tolerance)


def off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two others."""
    if start == end:
        return math.dist(point, start)
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)))
    return math.dist(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))


def area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def clipped(ring: Ring, margin: float = 4.0) -> Ring:
    """What lies in the frame, and a little around it."""
    low, right, bottom = -margin, WIDTH + margin, HEIGHT + margin
    for axis, limit, sign in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        kept: Ring = []
        for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            ins = [sign * (p[axis] - limit) >= 0 for p in (before, point)]
            if ins[0] != ins[1]:
                part = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append(tuple(a + part * (b - a) for a, b in zip(before, point, strict=True)))  # type: ignore[arg-type]
            if ins[1]:
                kept.append(point)
        ring = kept
    return ring


def path(ring: Ring) -> str:
    """Relative whole numbers of tenths: the shortest there is without a library."""
    points = [(round(x), round(y)) for x, y in ring]
    points = [p for place, p in enumerate(points) if not place or p != points[place - 1]]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:  # noqa: PLR2004
        return ""
    x, y = points[0]
    steps = []
    for nx, ny in points[1:]:
        steps.append(f"{nx - x} {ny - y}")
        x, y = nx, ny
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def tenths(ring: Ring) -> Ring:
    return [(x * 10, y * 10) for x, y in ring]


def main() -> None:
    crimea = next(p for p in TOPOLOGY.shapes["Russia"] if inside(CRIMEA, TOPOLOGY.ring(p[0])))
    TOPOLOGY.shapes["Russia"].remove(crimea)
    TOPOLOGY.shapes["Ukraine"].append(crimea)
    drawn = [simplified([EUROPE(*p) for p in arc], TOLERANCE) for arc in TOPOLOGY.arcs]
    countries = {}
    for code, name in NAMES.items():
        polygons = [p for each in (name, *ALSO.get(code, [])) for p in TOPOLOGY.shapes.pop(each)]
        countries[code] = country(code, merged(polygons), drawn)
    land = []
    for polygons in TOPOLOGY.shapes.values():
        for polygon in polygons:
            if on_this_side(TOPOLOGY.ring(polygon[0])):
                land += [clipped(TOPOLOGY.ring(ring, drawn)) for ring in polygon]
    found = {
        "source": "Natural Earth 4.1, 1:50m, public domain, by way of world-atlas 2.0.2; Crimea and Cyprus as in docs/make_map.py",
        "countries": countries,
        "anchors": {code: [round(v) for v in EUROPE(*place)] for code, place in CAPITALS.items()},
        "insets": {name: [round(v, 1) for v in box(name)[:2]] for name in INSETS},
        "land": "".join(path(tenths(ring)) for ring in land if area(ring) > SMALLEST),
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    target = Path(__file__).resolve().parents[1] / "dashboard" / "svg" / "europe.json"
    target.write_text(text.replace('","', '",\n"').replace('},"', '},\n"') + "\n", encoding="utf-8")
    print(f"{len(countries)} countries, {target.stat().st_size:,} bytes")


def on_this_side(ring: Ring) -> bool:
    """Near enough to Europe for the projection to mean anything."""
    return any(-60 < lon < 90 and lat > 0 for lon, lat in ring)  # noqa: PLR2004


def country(code: str, rings: list[list[int]], drawn: list[Ring]) -> str:
    paths, largest = [], max((area(r) for r in (TOPOLOGY.ring(n, drawn) for n in rings) if in_frame(r)), default=0)
    for numbers in rings:
        ring = TOPOLOGY.ring(numbers, drawn)
        if in_frame(ring) and (area(ring) > SMALLEST or area(ring) == largest):
            paths.append(path(tenths(clipped(ring) if area(ring) > SMALLEST else unsimplified(numbers))))
        for name, (owner, _) in INSETS.items():
            if owner == code and (far := inset(name, TOPOLOGY.ring(numbers))):
                paths.append(path(tenths(far)))
    return "".join(paths)


def unsimplified(numbers: list[int]) -> Ring:
    """A country too small to be simplified."""
    return [EUROPE(*p) for p in TOPOLOGY.ring(numbers)]


def in_frame(ring: Ring) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs) > -60 and max(xs) < WIDTH + 60 and min(ys) > -5 and max(ys) < HEIGHT + 40  # noqa: PLR2004


def box(name: str) -> tuple[float, float, Laea]:
    """Where an inset stands, and its projection."""
    place = list(INSETS).index(name)
    left, top = GAP, TOP + place * (BOX_HEIGHT + 22)
    west, south, east, north = INSETS[name][1]
    middle = Laea((west + east) / 2, (south + north) / 2, 1, 0, 0)
    corners = [middle(lon, lat) for lon in (west, east) for lat in (south, north)]
    scale = min(
        (BOX_WIDTH - 8) / (max(x for x, _ in corners) - min(x for x, _ in corners)),
        (BOX_HEIGHT - 8) / (max(y for _, y in corners) - min(y for _, y in corners)),
    )
    return left, top, Laea(middle.longitude, middle.latitude, scale, left + BOX_WIDTH / 2, top + BOX_HEIGHT / 2)


def inset(name: str, ring: Ring) -> Ring | None:
    west, south, east, north = INSETS[name][1]
    if not all(west < lon < east and south < lat < north for lon, lat in ring):
        return None
    projected = simplified([box(name)[2](*p) for p in ring], TOLERANCE)
    return projected if area(projected) > 1 else None


if __name__ == "__main__":
    TOPOLOGY = Topology(Path(sys.argv[1]))
    main()
