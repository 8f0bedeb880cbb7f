"""Words that people are found by."""

from typing import Any

from backend.accounts.models import Person
from backend.core.text import fold


def words_of(person: Person) -> dict[str, str]:
    """The columns that keep them, once names or texts have changed."""
    text = search_text_of(person)
    return {"search_text": text, "found_by": found_by_of(text, person.school)}


def search_text_of(person: Person) -> str:
    return fold(f"{person.get_full_name()} {person.presentation} {person.interests}")


def found_by_of(text: str, school: Any) -> str:
    """With the words of the school, if there is one."""
    return f"{text} {school.search_text}" if school else text
