"""Searching for partners, and saying why somebody fits."""

from collections.abc import Collection
from enum import StrEnum

from django.db.models import Q

from backend.accounts.models import Person, PersonKind, PersonQuerySet, PersonState
from backend.core.text import fold
from backend.schools.models import SchoolType


class MatchReason(StrEnum):
    SHARED_LANGUAGE = "SHARED_LANGUAGE"
    OVERLAPPING_AGES = "OVERLAPPING_AGES"
    COMMON_SUBJECT = "COMMON_SUBJECT"
    BOTH_AVAILABLE = "BOTH_AVAILABLE"


def search_teachers(
    viewer: Person,
    *,
    words: str = "",
    countries: Collection[str] = (),
    region: str = "",
    languages: Collection[str] = (),
    subjects: Collection[str] = (),
    age: int | None = None,
    school_type: SchoolType | str = "",
    role: str = "",
    available: bool | None = None,
    ambassador: bool | None = None,
) -> PersonQuerySet:
    """Validated staff but the viewer who fit every criterion given; empty for who may not search."""
    found = Person.objects.visible_to(viewer).exclude(pk=viewer.pk)
    found = found.filter(kind=PersonKind.STAFF, state=PersonState.VALIDATED)
    if not viewer.is_validated_staff:
        return found.none()
    for word in fold(words).split():
        found = found.filter(Q(search_text__contains=word) | Q(school__search_text__contains=word))
    exact = {
        "country__in": countries, "school__region": region, "school__type": school_type, "role": role,
        "is_available": available, "is_ambassador": ambassador,
    }  # fmt: skip
    found = found.filter(**{field: value for field, value in exact.items() if value or value is False})
    if age is not None:
        found = found.filter(ages_from__lte=age, ages_to__gte=age)
    for field, codes in (("languages", languages), ("subjects", subjects)):
        if codes:
            links = getattr(Person, field).through.objects.filter(**{f"{field[:-1]}__in": codes})
            found = found.filter(pk__in=links.values("person"))
    return found


def match_reasons(viewer: Person, person: Person) -> list[MatchReason]:
    """Why the two might work together; no query when languages and subjects of both are prefetched."""
    reasons = []
    if {t.pk for t in viewer.languages.all()} & {t.pk for t in person.languages.all()}:
        reasons.append(MatchReason.SHARED_LANGUAGE)
    if _overlap(viewer, person):
        reasons.append(MatchReason.OVERLAPPING_AGES)
    if {t.pk for t in viewer.subjects.all()} & {t.pk for t in person.subjects.all()}:
        reasons.append(MatchReason.COMMON_SUBJECT)
    if viewer.is_available and person.is_available:
        reasons.append(MatchReason.BOTH_AVAILABLE)
    return reasons


def _overlap(one: Person, other: Person) -> bool:
    ages = (one.ages_from, one.ages_to, other.ages_from, other.ages_to)
    if None in ages:
        return False
    return max(one.ages_from or 0, other.ages_from or 0) <= min(one.ages_to or 0, other.ages_to or 0)
