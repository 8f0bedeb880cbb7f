"""From a register's row to what we would store, or to the reason why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from babel import Locale

from backend.core.refusals import REFUSALS
from backend.schools.register.naming import readable_name, readable_town
from backend.schools.register.profile import Profile
from backend.schools.register.reading import Row

LENGTHS = {"official_number": 40, "name": 200, "town": 120, "postal_code": 20, "region": 120}


@dataclass(frozen=True)
class Listing:
    """A school as the register lists it, cleaned."""

    row: int
    is_exact: bool  # the number is written in the register's own form
    official_number: str
    name: str
    public_name: str
    town: str
    postal_code: str
    region: str
    is_abroad: bool
    type: str


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken, and why."""

    row: int
    official_number: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(REFUSALS[self.code]) % self.params


def clean(row: Row, *, country: str, profile: Profile, schools_abroad: bool) -> Listing | Refusal:
    """One row by itself."""
    cells = row.cells
    written = cells.get("official_number", "")
    problem = _problem(row, country=country, profile=profile, schools_abroad=schools_abroad)
    if problem:
        code, params = problem
        return Refusal(row.number, written, code, params)
    number, host = written.upper(), _host(cells, country, profile)
    return Listing(
        row=row.number,
        is_exact=written == number,
        official_number=number,
        name=cells["name"],
        public_name=readable_name(cells["name"], profile),
        town=readable_town(cells["town"], profile),
        postal_code=_postal_code_abroad(cells["postal_code"]) if host else profile.postal_code(cells["postal_code"]),
        region=_territory(host, profile) if host else _region(cells, profile),
        is_abroad=bool(host),
        type=profile.type_of(cells["name"]),
    )


def without_doubles(cleaned: Iterable[Listing | Refusal]) -> tuple[list[Listing], list[Refusal]]:
    """Each number once: the row that writes it as the register does, else the first, stands for the school."""
    cleaned = list(cleaned)
    chosen: dict[str, Listing] = {}
    for listing in cleaned:
        if isinstance(listing, Listing):
            rival = chosen.get(listing.official_number)
            if rival is None or (listing.is_exact and not rival.is_exact):
                chosen[listing.official_number] = listing
    refused = [item for item in cleaned if isinstance(item, Refusal)]
    for item in cleaned:
        if isinstance(item, Listing) and chosen[item.official_number] is not item:
            row = chosen[item.official_number].row
            refused.append(Refusal(item.row, item.official_number, "register_number_twice", {"row": row}))
    return list(chosen.values()), sorted(refused, key=lambda item: item.row)


def _problem(row: Row, *, country: str, profile: Profile, schools_abroad: bool) -> tuple[str, dict[str, Any]] | None:
    cells = row.cells
    if not row.is_whole:
        return "register_row_broken", {}
    for column in ("official_number", "name", "town", "country"):
        if not cells[column]:
            return "register_cell_empty", {"column": column}
    if profile.is_no_school(cells["name"]):
        return "register_no_school", {}
    host = _host(cells, country, profile)
    if host and not schools_abroad:
        return "register_school_abroad", {"country": host}
    number = cells["official_number"].upper()
    known_area = host or not profile.areas or profile.area_of(number) in profile.areas
    if not (profile.is_number(number) and known_area):
        return "register_number_invalid", {}
    for column, length in LENGTHS.items():
        if len(cells[column]) > length:
            return "register_cell_too_long", {"column": column, "limit": length}
    return None


def _host(cells: dict[str, str], country: str, profile: Profile) -> str:
    """The country a school abroad is in: by its row, or by its number; empty at home."""
    stated = cells["country"].upper()
    if stated != country:
        return stated
    number = cells["official_number"].upper()
    return profile.areas_abroad.get(profile.area_of(number), "") if profile.is_number(number) else ""


def _region(cells: dict[str, str], profile: Profile) -> str:
    """By the number where the profile knows its areas: regions made from damaged postal codes are wrong."""
    return profile.areas.get(profile.area_of(cells["official_number"]), cells["region"])


def _territory(code: str, profile: Profile) -> str:
    name: str = Locale.parse(profile.language).territories.get(code, code)
    return name


def _postal_code_abroad(code: str) -> str:
    return "" if set(code) <= {"0"} else code
