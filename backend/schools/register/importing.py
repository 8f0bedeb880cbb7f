"""Taking a national register of schools into the platform: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models import F

from backend.core import clock
from backend.core.guards import ensure
from backend.eventlog.record import record
from backend.schools.events import RegisterImported
from backend.schools.models import Country, RegisterImport, School, SchoolState, search_text_of
from backend.schools.register.cleaning import Listing, Refusal, clean, without_doubles
from backend.schools.register.naming import readable_name
from backend.schools.register.profile import Profile, profile_of
from backend.schools.register.reading import read_rows
from backend.schools.words import tell_people

OWN = ("name", "town", "postal_code", "region", "is_abroad")  # what the register has the last word on
DERIVED = ("public_name", "type", "search_text")
BATCH = 500

T = TypeVar("T")


class Watch(Protocol):
    """Passes items through and shows how far they are."""

    def __call__(self, items: Iterable[T], what: str, total: int) -> Iterable[T]: ...


@dataclass
class Report:
    """What an import did, or would have done."""

    rows: int
    new: list[Listing] = field(default_factory=list)
    changed: list[tuple[Listing, list[str]]] = field(default_factory=list)
    unchanged: list[Listing] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in ("new", "changed", "unchanged", "refused")}


def unwatched(items: Iterable[T], what: str, total: int) -> Iterable[T]:
    return items


def import_register(
    path: Path, *, country: str, schools_abroad: bool = False, dry_run: bool = False, watch: Watch = unwatched
) -> Report:
    """New schools are validated: the register vouches for them. What people added to known ones stays."""
    ensure(Country.objects.filter(pk=country).exists(), "country_unknown")
    profile = profile_of(country)
    rows = read_rows(path)
    report = Report(rows=len(rows))
    cleaned = [
        clean(row, country=country, profile=profile, schools_abroad=schools_abroad)
        for row in watch(rows, "read", len(rows))
    ]
    listings, report.refused = without_doubles(cleaned)
    with transaction.atomic():
        Country.objects.select_for_update().get(pk=country)  # one import of a country at a time
        new, changed = _compared(watch(listings, "compare", len(listings)), country, profile, report)
        report.refused.sort(key=lambda refusal: refusal.row)
        if not dry_run:
            _write(new, changed, watch)
            run = RegisterImport.objects.create(country_id=country, file_name=path.name[-160:], **report.counts)
            record(RegisterImported(run), actor=None)
    return report


def _compared(
    listings: Iterable[Listing], country: str, profile: Profile, report: Report
) -> tuple[list[School], list[School]]:
    numbered = School.objects.filter(country=country).exclude(official_number="")
    gone = (SchoolState.REJECTED, SchoolState.MERGED)
    known = {school.official_number: school for school in numbered.exclude(state__in=gone)}
    merged = set(numbered.filter(state=SchoolState.MERGED).values_list("official_number", flat=True))
    new, changed = [], []
    for listing in listings:
        school = known.get(listing.official_number)
        if school:
            fields = _update(school, listing, profile)
            if fields:
                changed.append(school)
                report.changed.append((listing, fields))
            else:
                report.unchanged.append(listing)
        elif listing.official_number in merged:
            report.refused.append(Refusal(listing.row, listing.official_number, "register_school_merged"))
        else:
            new.append(_school(listing, country))
            report.new.append(listing)
    return new, changed


def _school(listing: Listing, country: str) -> School:
    values = {name: getattr(listing, name) for name in (*OWN, "public_name", "type")}
    return School(
        country_id=country, official_number=listing.official_number, state=SchoolState.VALIDATED,
        search_text=search_text_of(listing.name, listing.town, listing.public_name), **values,
    )  # fmt: skip


def _update(school: School, listing: Listing, profile: Profile) -> list[str]:
    """Set the register's columns that differ, and what follows from them unless somebody chose otherwise."""
    fields = [name for name in OWN if getattr(school, name) != getattr(listing, name)]
    if "name" in fields:
        if school.public_name == readable_name(school.name, profile):
            school.public_name = listing.public_name
        if school.type == profile.type_of(school.name):
            school.type = listing.type
    for name in fields:
        setattr(school, name, getattr(listing, name))
    if fields:
        school.search_text = search_text_of(school.name, school.town, school.public_name)
        school.updated_at = clock.now()
        school.version = F("version") + 1  # somebody may be editing it
    return fields


def _write(new: list[School], changed: list[School], watch: Watch) -> None:
    steps = [("create", new[i : i + BATCH]) for i in range(0, len(new), BATCH)]
    steps += [("update", changed[i : i + BATCH]) for i in range(0, len(changed), BATCH)]
    for what, schools in watch(steps, "write", len(steps)):
        if what == "create":
            School.objects.bulk_create(schools)
        else:
            School.objects.bulk_update(schools, [*OWN, *DERIVED, "version", "updated_at"], batch_size=BATCH)
            tell_people(schools)
