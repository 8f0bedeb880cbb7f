"""Tints, arcs and lines."""

from dashboard.svg.charts import line, nice, sparkline
from dashboard.svg.heat import classes, heat
from dashboard.svg.map import MOST_ARCS, arcs, draw


def test_tints_are_square_root_classes() -> None:
    assert [heat(number, 36) for number in (0, 1, 2, 4, 5, 9, 16, 25, 26, 36)] == [0, 1, 2, 2, 3, 3, 4, 5, 6, 6]
    assert heat(3, 0) == 0
    assert classes(36) == [(1, 1, 1), (2, 2, 4), (3, 5, 9), (4, 10, 16), (5, 17, 25), (6, 26, 36)]
    assert classes(2) == [(5, 1, 1), (6, 2, 2)]
    assert all(heat(number, 7) == tint for tint, low, high in classes(7) for number in range(low, high + 1))


def test_at_most_so_many_arcs_the_weak_thin_and_below() -> None:
    many = [("FR", code, number) for number, code in enumerate(["PL", "DE", "IT", "ES"] * 20, start=1)]
    drawn = arcs(many)
    assert len(drawn) == MOST_ARCS
    assert [arc.width for arc in drawn] == sorted(arc.width for arc in drawn)
    assert [arc.width for arc in arcs([("FR", "PL", 1), ("FR", "DE", 100)])] == [0.8, 6.0]
    assert arcs([("FR", "FR", 9), ("FR", "PL", 0)]) == []
    assert arcs([("FR", "PL", 3)]) == arcs([("PL", "FR", 3)])


def test_the_map_says_what_it_shows() -> None:
    drawn = draw({"PL": 4, "DE": 1}, {"PL": "/pl/"}, {"PL": "Poland: 4 projects"}, [("FR", "PL", 4)], chosen="FR")
    shapes = {shape.code: shape for shape in drawn.shapes}
    assert (len(shapes), shapes["PL"].heat, shapes["DE"].heat, shapes["IT"].heat) == (46, 6, 3, 0)
    assert (shapes["PL"].url, shapes["PL"].label, shapes["DE"].url) == ("/pl/", "Poland: 4 projects", "")
    assert [code for code, shape in shapes.items() if shape.chosen] == ["FR"]
    assert sorted(code for code, shape in shapes.items() if shape.disc) == ["LI", "LU", "MT"]
    assert shapes["XK"].label == "Kosovo*"


def test_lines() -> None:
    assert [nice(number) for number in (0, 1, 3, 7, 11, 50, 501)] == [1, 1, 5, 10, 20, 50, 1000]
    drawn = line([0, 5, 10], width=112, height=112)
    assert (drawn.most, drawn.line) == (10, "6,106 56,56 106,6")
    assert drawn.area == "6,106 6,106 56,56 106,6 106,106"
    assert line([]).area == ""
    assert sparkline([0, 0, 0]).line == "6,26 60,26 114,26"
