"""What people are found by."""

from typing import Any

from backend.accounts.models import Person
from backend.core.text import fold


def words_of(person: Person) -> dict[str, str]:
    """The columns that keep them, once names or texts have changed."""
    text = search_text_of(person)
    return {"search_text": text, **found_at(person.school, text)}


def search_text_of(person: Person) -> str:
    return fold(f"{person.get_full_name()} {person.presentation} {person.interests}")


def found_at(school: Any, text: str) -> dict[str, str]:
    """The columns that tell of the school as well, if there is one; to be written whenever somebody goes to another."""
    return {"found_by": f"{text} {school.search_text}" if school else text, "found_in": school.region if school else ""}
