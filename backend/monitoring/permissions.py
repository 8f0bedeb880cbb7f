"""Who reads figures, and who publishes them."""

from backend.accounts.models import Person
from backend.agencies.permissions import can_decide_for


def can_read_statistics(viewer: Person, country: str) -> bool:
    """Officers of the country and the central service."""
    return viewer.oversees.covers(country)


def can_publish_statistics(actor: Person, country: str) -> bool:
    """Officers and leads of the country, and the central service."""
    return can_decide_for(actor, country)
