"""Who writes in the library."""

from backend.accounts.models import Person
from backend.agencies.models import DECIDING
from backend.agencies.permissions import appointment, is_central
from backend.library.models import LibraryEntry


def can_draft_entry(actor: Person) -> bool:
    """Officers and leads, for their own agency."""
    officer = appointment(actor)
    return officer is not None and officer.role in DECIDING and bool(actor.oversees)


def can_write_entry(actor: Person, entry: LibraryEntry) -> bool:
    """Officers and leads of the agency it belongs to; the central service writes all."""
    mine = is_central(actor) or actor.oversees.covers(entry.country_id)
    return can_draft_entry(actor) and mine
