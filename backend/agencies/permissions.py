"""What officers may do: everything stays inside the countries they answer for."""

from backend.accounts.models import Person, PersonState
from backend.agencies.models import Officer, OfficerRole

DECIDING = (OfficerRole.OFFICER, OfficerRole.LEAD)


def appointment(actor: Person) -> Officer | None:
    """The person's appointment, when it is in force."""
    officer: Officer | None = getattr(actor, "officer", None)
    return officer if actor.state == PersonState.VALIDATED else None


def can_decide_for(actor: Person, country: str | None) -> bool:
    """Officers and leads decide for their own country, the central service for any; viewers only read."""
    officer = appointment(actor)
    return officer is not None and officer.role in DECIDING and actor.oversees.covers(country)


def can_validate_teacher(actor: Person, person: Person) -> bool:
    return can_decide_for(actor, person.country_id)


def is_central(actor: Person) -> bool:
    officer = appointment(actor)
    return officer is not None and officer.is_central
