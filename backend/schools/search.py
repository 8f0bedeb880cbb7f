"""Finding schools, and finding the same school twice."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Length, Right
from django.utils.translation import gettext_lazy as _

from backend.core.ranking import best_by_text
from backend.core.text import fold
from backend.schools.models import School, SchoolQuerySet, SchoolState, search_text_of

SIMILAR = 0.72  # of 1.0; tried on the French register: catches spellings, leaves neighbours alone
LOOKED_AT = 200
LOOKED_AT_TOGETHER = 2_000
SHOWN = 5
# Words that say "school": two names that share only these are not alike.
COMMON = frozenset(
    [
        "school",
        "ecole",
        "escuela",
        "scuola",
        "schule",
        "skola",
        "koulu",
        "szkola",
        "college",
        "lycee",
        "liceo",
        "liceu",
        "gymnasium",
        "institut",
        "instituto",
        "primary",
        "secondary",
        "high",
        "de",
        "la",
        "le",
        "des",
        "du",
        "the",
        "of",
        "and",
        "et",
        "y",
        "e",
        "di",
        "der",
        "die",
        "das",
        "fur",
        "saint",
        "st",
        "san",
        "sankt",
    ]
)


LISTED = (SchoolState.VALIDATED, SchoolState.PROPOSED)


class DuplicateReason(models.TextChoices):
    """Why two records may be one school."""

    SAME_NUMBER = "SAME_NUMBER", _("The same official number")
    SIMILAR_NAME = "SIMILAR_NAME", _("A similar name in the same town")


@dataclass(frozen=True)
class Duplicate:
    """A school that may be the one in question, and why."""

    school: School
    reasons: tuple[DuplicateReason, ...]


def search_schools(
    schools: SchoolQuerySet, *, words: str = "", country: str = "", region: str = "", type: str = "", state: str = "",
    age: int | None = None, languages: Collection[str] = (), subjects: Collection[str] = (), available: bool = False,
) -> SchoolQuerySet:  # fmt: skip
    """Schools whose name and town hold every word; without a state those that are open or wait. Languages, subjects
    and whether partners are looked for are those of one and the same of its validated staff."""
    for word in fold(words).split():
        schools = schools.filter(search_text__contains=word)
    exactly = {"country": country, "region": region, "type": type, "state": state}
    schools = schools.filter(**{name: value for name, value in exactly.items() if value})
    if age is not None:
        schools = schools.filter(ages_from__lte=age, ages_to__gte=age)
    someone = {"languages__in": languages, "subjects__in": subjects, "is_available": available}
    wanted = {field: value for field, value in someone.items() if value}
    if wanted:
        schools = schools.filter(pk__in=_staff().filter(**wanted).values("school"))
    return schools if state else schools.filter(state__in=LISTED)


def best_schools(found: SchoolQuerySet, words: str) -> models.QuerySet[School]:
    """Those called so, or in a town called so, first."""
    town = Right("search_text", Length("town"))
    return best_by_text(found, fold(words).split(), head=Length("search_text"), begins=(F("search_text"), town))


def _staff() -> Any:
    """Validated staff, by the school where they mainly work."""
    people: Any = School._meta.get_field("people").related_model
    return people._default_manager.filter(kind="STAFF", state="VALIDATED")


def possible_duplicates(
    *, name: str, town: str, country: str, official_number: str = "", apart_from: School | None = None
) -> list[Duplicate]:
    """Schools of the same country with the same number, or a similar name in the same town; best first."""
    folded, wanted = fold(town), _distinctive(search_text_of(name, ""))
    numbered = Q(official_number=official_number) if official_number else Q(pk=None)
    near = numbered | (Q(search_text__contains=folded) if folded else Q(pk=None))
    known = School.objects.filter(near, country=country, state__in=LISTED).order_by(_likely_first(numbered, wanted))
    if apart_from:
        known = known.exclude(pk=apart_from.pk)
    found = []
    for school in known[:LOOKED_AT]:
        same_number, alike = bool(official_number) and school.official_number == official_number, _alike(wanted, school)
        is_similar = bool(folded) and folded in school.search_text and alike >= SIMILAR
        reasons = {DuplicateReason.SAME_NUMBER: same_number, DuplicateReason.SIMILAR_NAME: is_similar}
        if any(reasons.values()):
            found.append((same_number, alike, Duplicate(school, tuple(why for why, is_so in reasons.items() if is_so))))
    return [duplicate for *_order, duplicate in sorted(found, key=lambda each: each[:2], reverse=True)[:SHOWN]]


def duplicates_of(school: School) -> list[Duplicate]:
    """The same for a school that is written down already; none for one that is gone."""
    if school.state not in LISTED:
        return []
    return possible_duplicates(
        name=school.name,
        town=school.town,
        country=school.country_id,
        official_number=school.official_number,
        apart_from=school,
    )


def similar_among(schools: Sequence[School]) -> dict[UUID, list[Duplicate]]:
    """For a page of schools, in one query: others of exactly the same town with a name alike, or with the same number."""
    numbers = {school.official_number for school in schools if school.official_number}
    near = Q(town__in={school.town for school in schools}) | Q(official_number__in=numbers)
    countries = {school.country_id for school in schools}
    known = list(School.objects.filter(near, country__in=countries, state__in=LISTED)[:LOOKED_AT_TOGETHER])
    return {school.pk: list(_similar_to(school, known)) for school in schools}


def _similar_to(school: School, known: Sequence[School]) -> Iterator[Duplicate]:
    wanted = _distinctive(fold(school.name))
    words = set(wanted.split())
    for other in known:
        if other.pk == school.pk or other.country_id != school.country_id:
            continue
        numbered = bool(school.official_number) and other.official_number == school.official_number
        shares = other.town == school.town and bool(words & set(fold(other.name).split()))
        alike = shares and _alike(wanted, other) >= SIMILAR
        reasons = {DuplicateReason.SAME_NUMBER: numbered, DuplicateReason.SIMILAR_NAME: alike}
        if numbered or alike:
            yield Duplicate(other, tuple(why for why, is_so in reasons.items() if is_so))


def _likely_first(numbered: Q, wanted: str) -> Case:
    """A big town has more schools than are looked at: those with the number, then with a word of the name come first."""
    words = Q(pk=None)
    for word in wanted.split():
        words |= Q(search_text__contains=word)
    return Case(When(numbered, then=0), When(words, then=1), default=2)


def _alike(wanted: str, school: School) -> float:
    return SequenceMatcher(None, wanted, _distinctive(fold(school.name))).ratio()


def _distinctive(folded: str) -> str:
    return " ".join(sorted(word for word in folded.split() if word not in COMMON)) or folded
