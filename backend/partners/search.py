"""Searching for partners, and saying why somebody fits."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

from backend.accounts.models import REGISTERED, Person, PersonKind, PersonQuerySet
from backend.core.lookups import Code
from backend.core.ranking import best_by_text
from backend.core.text import fold
from backend.partners.models import Announcement, AnnouncementQuerySet, strangers_to
from backend.schools.models import SchoolType

Sizes = tuple[int | None, int | None]  # pupils of the two schools
ALIKE = 1.5  # how many times as many pupils the larger one has at most
COMPARED = 2_000  # people
FEW = 500  # keys


class MatchReason(StrEnum):
    SHARED_LANGUAGE = "SHARED_LANGUAGE"
    OVERLAPPING_AGES = "OVERLAPPING_AGES"
    COMMON_SUBJECT = "COMMON_SUBJECT"
    SIMILAR_SIZE = "SIMILAR_SIZE"
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
    ages_from: int | None = None,
    ages_to: int | None = None,
    school_type: SchoolType | str = "",
    role: str = "",
    available: bool | None = None,
    ambassador: bool | None = None,
    active_since: date | None = None,
) -> PersonQuerySet:
    """Validated staff but the viewer, and but the blocked, who fit every criterion; empty for who may not search."""
    if not viewer.is_validated_staff:
        return Person.objects.none()
    found = Person.objects.for_viewer(viewer).filter(REGISTERED)
    found = found.exclude(pk=viewer.pk).exclude(pk__among=strangers_to(viewer))
    if countries:
        found = found.filter(_in(countries, "country"))
    exact = {
        "found_in": region, "school__type": school_type, "role": role,
        "is_available": available, "is_ambassador": ambassador, "last_active__date__gte": active_since,
    }  # fmt: skip
    found = found.filter(**{field: value for field, value in exact.items() if value or value is False})
    for youngest, oldest in ((age, age), (ages_from, ages_to)):
        overlap = {"ages_to__gte": youngest, "ages_from__lte": oldest}
        found = found.filter(**{field: value for field, value in overlap.items() if value is not None})
    for field, codes in (("languages", languages), ("subjects", subjects)):
        if codes:
            links = getattr(Person, field).through.objects.filter(**{f"{field[:-1]}__in": codes})
            found = found.filter(pk__in=links.values("person"))
    return _holding(viewer, found, fold(words).split()) if words else found


def _in(countries: Collection[str], path: str) -> Q:
    return reduce(or_, (Q(**{path: Code(country)}) for country in countries))


def _holding(viewer: Person, found: PersonQuerySet, words: list[str]) -> PersonQuerySet:
    """Of those found who hold each word, in their texts or their school's name or town. Where these are few they go on as
    keys; where they are many, the newest are soon come by."""
    holding = found.filter(*(Q(found_by__contains=word) for word in words))
    keys = list(holding.values_list("pk", flat=True)[: FEW + 1])
    return holding if len(keys) > FEW else Person.objects.for_viewer(viewer).filter(pk__in=keys)


def best_teachers(found: PersonQuerySet, words: str) -> QuerySet[Person]:
    """Those whose names hold the words, then those whose texts do, then those whose school or town does."""
    return best_by_text(found, fold(words).split(), head=Length("given_name") + Length("family_name") + 1)


def best_matches(found: PersonQuerySet, viewer: Person) -> QuerySet[Person]:
    """Those with the most reasons to work with the viewer, by `match_reasons`; where more fit than can be compared
    while somebody waits, the newest."""
    if found.order_by()[: COMPARED + 1].count() > COMPARED:
        return found.order_by("-pk")
    points: Combinable = Value(0, output_field=IntegerField())
    for reason in _reasons_of(viewer):
        points = points + Case(When(reason, then=1), default=0, output_field=IntegerField())
    return found.annotate(points=points).order_by("-points", "-pk")


def _reasons_of(viewer: Person) -> Iterator[Q]:
    for field in ("languages", "subjects"):
        links: Any = getattr(Person, field).through.objects
        mine = links.filter(person=viewer).values(field[:-1])
        yield Q(Exists(links.filter(**{"person": OuterRef("pk"), f"{field[:-1]}__in": mine})))
    if viewer.ages_from is not None and viewer.ages_to is not None:
        yield Q(ages_from__lte=viewer.ages_to, ages_to__gte=viewer.ages_from)
    size = viewer.school.pupil_count if viewer.school else None
    if size:
        yield Q(school__pupil_count__gte=size / ALIKE, school__pupil_count__lte=size * ALIKE)
    if viewer.is_available:
        yield Q(is_available=True)


def match_reasons(viewer: Person, person: Person, *, sizes: Sizes = (None, None)) -> list[MatchReason]:
    """Why two of the staff might work together, at schools of these sizes; no query when languages and subjects are
    loaded."""
    if not viewer.kind == person.kind == PersonKind.STAFF:
        return []
    reasons = []
    if {t.pk for t in viewer.languages.all()} & {t.pk for t in person.languages.all()}:
        reasons.append(MatchReason.SHARED_LANGUAGE)
    if _overlap(viewer, person):
        reasons.append(MatchReason.OVERLAPPING_AGES)
    if {t.pk for t in viewer.subjects.all()} & {t.pk for t in person.subjects.all()}:
        reasons.append(MatchReason.COMMON_SUBJECT)
    if _are_similar(sizes):
        reasons.append(MatchReason.SIMILAR_SIZE)
    if viewer.is_available and person.is_available:
        reasons.append(MatchReason.BOTH_AVAILABLE)
    return reasons


def _overlap(one: Person, other: Person) -> bool:
    ages = (one.ages_from, one.ages_to, other.ages_from, other.ages_to)
    if None in ages:
        return False
    return max(one.ages_from or 0, other.ages_from or 0) <= min(one.ages_to or 0, other.ages_to or 0)


def _are_similar(sizes: Sizes) -> bool:
    """The larger school has at most half as many pupils again."""
    smaller, larger = sorted(size or 0 for size in sizes)
    return 0 < larger <= smaller * ALIKE


def search_announcements(
    found: AnnouncementQuerySet,
    *,
    words: str = "",
    country: str = "",
    wanted: str = "",
    languages: Collection[str] = (),
    subjects: Collection[str] = (),
    age: int | None = None,
) -> AnnouncementQuerySet:
    """Of the announcements given, those that are open and fit every criterion."""
    found = found.open()
    if country:
        found = found.filter(author__country=country)
    if age is not None:
        found = found.filter(ages_from__lte=age, ages_to__gte=age)
    if wanted:
        named = Announcement.countries.through.objects.values("announcement")
        found = found.filter(Q(pk__in=named.filter(country=wanted)) | ~Q(pk__in=named))
    for field, codes in (("language", languages), ("subject", subjects)):
        if codes:
            links = getattr(Announcement, f"{field}s").through.objects.filter(**{f"{field}__in": codes})
            found = found.filter(pk__in=links.values("announcement"))
    for word in fold(words).split():
        found = found.filter(search_text__contains=word)
    return found
