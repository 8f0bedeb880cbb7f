"""The demo's words: names, themes and phrases from the data files."""

import csv
import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Town:
    country: str
    name: str
    latitude: float
    longitude: float
    time_zone: str


@dataclass(frozen=True)
class Names:
    women: list[str]
    men: list[str]
    families: list[tuple[str, str]]  # of a man, of a woman


@dataclass(frozen=True)
class Theme:
    titles: list[str]
    summary: str
    aims: str
    subjects: list[str]
    competences: list[str]
    ages: tuple[int, int]
    language: str = "en"


@dataclass(frozen=True)
class Land:
    """What the demo knows about a country."""

    weight: int
    names: list[str]
    languages: list[str]
    towns: list[Town] = field(default_factory=list)


@cache
def lands() -> dict[str, Land]:
    found = {code: Land(**known) for code, known in _json("countries.json").items()}
    with (DATA / "towns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = float(row["latitude"]), float(row["longitude"])
            found[row["country"]].towns.append(Town(row["country"], row["town"], *place, row["time_zone"]))
    return found


@cache
def names(group: str) -> Names:
    known = _json("names.json")[group]
    women, men, families = (
        [word.replace("_", " ") for word in known[kind].split()] for kind in ("women", "men", "families")
    )
    pairs = [family.partition("/")[::2] for family in families]
    return Names(women, men, [(his, hers or his) for his, hers in pairs])


@cache
def school_names(country: str, group: str) -> list[list[str]]:
    """Templates of names, each with the type of school; a country's own before those of its language."""
    known = _json("school_names.json")
    return list(known.get(country, known[group]))


@cache
def themes() -> list[Theme]:
    return [Theme(**{**known, "ages": tuple(known["ages"])}) for known in _toml("themes.toml")["theme"]]


@cache
def phrases() -> dict[str, Any]:
    return _toml("phrases.toml")


def _json(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return read


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
