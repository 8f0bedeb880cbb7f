"""Searching the library."""

from collections.abc import Collection

from backend.core.text import fold
from backend.library.models import EntryKind, EntryState, LibraryEntry, LibraryEntryQuerySet, LibraryText


def search_library(
    found: LibraryEntryQuerySet,
    *,
    kind: EntryKind | None = None,
    state: EntryState = EntryState.PUBLISHED,
    words: str = "",
    subjects: Collection[str] = (),
    age: int | None = None,
    language: str = "",
    country: str = "",
) -> LibraryEntryQuerySet:
    """Of the entries given, those that fit every criterion; words are looked for in every language."""
    exact = {"kind": kind, "country": country, "texts__language": language}
    found = found.filter(state=state, **{name: value for name, value in exact.items() if value})
    if age is not None:
        found = found.filter(ages_from__lte=age, ages_to__gte=age)
    if subjects:
        links = LibraryEntry.subjects.through.objects.filter(subject__in=subjects)
        found = found.filter(pk__in=links.values("libraryentry"))
    for word in fold(words).split():
        found = found.filter(pk__in=LibraryText.objects.filter(search_text__contains=word).values("entry"))
    return found
