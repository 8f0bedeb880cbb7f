"""What a country's register of schools looks like: data in profiles/<code>.json, generic rules where there is none."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from backend.core.text import fold
from backend.schools.models import SchoolType

PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Profile:
    """How to read one register. The defaults are the rules for a country nobody described yet."""

    about: str = ""
    language: str = "en"
    number: dict[str, str] = field(default_factory=lambda: {"pattern": r"\S.{0,39}", "check_letters": ""})
    postal_code_digits: int = 0
    area_digits: int = 0  # the first digits of a number tell the area
    areas: dict[str, str] = field(default_factory=dict)  # area: region
    areas_abroad: dict[str, str] = field(default_factory=dict)  # area: country
    no_schools: list[str] = field(default_factory=list)  # patterns of folded names
    types: list[list[str]] = field(default_factory=list)  # (pattern of a folded name, type); the first wins
    town_cuts: list[str] = field(default_factory=list)
    repairs: list[list[str]] = field(default_factory=list)  # (pattern, what it should have been)
    particles: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    elided: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)

    def is_number(self, number: str) -> bool:
        """Whether it has the register's form and, where the form has one, the right check letter."""
        if not re.fullmatch(self.number["pattern"], number):
            return False
        letters = self.number.get("check_letters", "")
        return not letters or letters[int(number[:-1]) % len(letters)] == number[-1]

    def area_of(self, number: str) -> str:
        return number[: self.area_digits]

    def is_no_school(self, name: str) -> bool:
        folded = fold(name)
        return any(re.search(pattern, folded) for pattern in self.no_schools)

    def type_of(self, name: str) -> str:
        """The type of school where the name tells it."""
        folded = fold(name)
        return next((type for pattern, type in self.types if re.search(pattern, folded)), SchoolType.OTHER)

    def postal_code(self, code: str) -> str:
        """With the leading zero that spreadsheets drop."""
        short = code.isdecimal() and len(code) == self.postal_code_digits - 1
        return f"0{code}" if short else code


@cache
def profile_of(country: str) -> Profile:
    path = PROFILES / f"{country.lower()}.json"
    if not path.exists():
        return Profile()
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Profile(**known)
