"""Entries of the library, made by the real rules."""

from typing import Any

from backend.accounts.models import Person
from backend.library.actions import draft_library_entry, publish_library_entry
from backend.library.models import LibraryEntry
from tests.factories.people import officer


def entry(*, actor: Person | None = None, kind: str = "ARTICLE", language: str = "en", **given: Any) -> LibraryEntry:
    return draft_library_entry(
        actor=actor or officer("FR"), kind=kind, language=language, **{"title": "Safe online", "text": "Ask.", **given}
    )


def published(**given: Any) -> LibraryEntry:
    actor = given.pop("actor", None) or officer("FR")
    return publish_library_entry(entry(actor=actor, **given), actor=actor)


def kit(**given: Any) -> LibraryEntry:
    return published(
        kind="KIT", title="Weather", summary="Measure.", aims="Compare.", process="Daily.", results="A map.",
        subjects=["GEOGRAPHY"], ages_from=8, ages_to=11, **given,
    )  # fmt: skip
