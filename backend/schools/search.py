"""Finding schools, and finding the same school twice."""

from difflib import SequenceMatcher

from django.db.models import Q

from backend.core.text import fold
from backend.schools.models import School, SchoolQuerySet, SchoolState, search_text_of

SIMILAR = 0.72  # of 1.0; tried on the French register: catches spellings, leaves neighbours alone
LOOKED_AT = 200
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


def search_schools(schools: SchoolQuerySet, *, words: str = "", country: str = "", region: str = "") -> SchoolQuerySet:
    """Schools whose name and town hold every word."""
    for word in fold(words).split():
        schools = schools.filter(search_text__contains=word)
    if country:
        schools = schools.filter(country=country)
    if region:
        schools = schools.filter(region=region)
    return schools


def possible_duplicates(
    *, name: str, town: str, country: str, official_number: str = "", apart_from: School | None = None
) -> list[School]:
    """Schools of the same country with the same number, or a similar name in the same town; best first."""
    near = Q(search_text__contains=fold(town)) if fold(town) else Q(pk=None)
    if official_number:
        near |= Q(official_number=official_number)
    known = School.objects.filter(near, country=country, state__in=(SchoolState.VALIDATED, SchoolState.PROPOSED))
    if apart_from:
        known = known.exclude(pk=apart_from.pk)
    wanted = _distinctive(search_text_of(name, ""))
    scored = [
        (2.0 if official_number and s.official_number == official_number else _alike(wanted, s), s)
        for s in known[:LOOKED_AT]
    ]
    alike = [(score, school) for score, school in scored if score >= SIMILAR]
    return [school for _, school in sorted(alike, key=lambda pair: -pair[0])[:SHOWN]]


def _alike(wanted: str, school: School) -> float:
    return SequenceMatcher(None, wanted, _distinctive(fold(school.name))).ratio()


def _distinctive(folded: str) -> str:
    return " ".join(sorted(word for word in folded.split() if word not in COMMON)) or folded
