"""What officers may do: everything stays inside the countries they answer for."""

from uuid import UUID

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.scope import Placed
from backend.agencies.models import DECIDING, Officer, OfficerRole
from backend.schools.models import School, SchoolMembership
from backend.schools.permissions import is_own_proposal, works_there

DECIDING_PLACES = (*DECIDING, OfficerRole.DELEGATE)  # people, schools and projects of a region


def appointment(actor: Person) -> Officer | None:
    """The person's appointment, when it is in force."""
    officer: Officer | None = getattr(actor, "officer", None)
    return officer if actor.state == PersonState.VALIDATED and not actor.needs_second_factor else None


def can_decide_for(actor: Person, country: str | None, place: Placed | None = None) -> bool:
    """Officers and leads decide for their own country, delegates about places in their regions, the central service
    for any; viewers only read."""
    officer = appointment(actor)
    return officer is not None and officer.role in DECIDING_PLACES and actor.oversees.covers(country, place)


def can_validate_teacher(actor: Person, person: Person) -> bool:
    return can_decide_for(actor, person.country_id, person)


def can_read_decision(viewer: Person, school: School) -> bool:
    """The agency, and whoever proposed the school."""
    return viewer.oversees.covers(school.country_id, school) or school.proposed_by_id == viewer.pk


def can_edit_school(actor: Person, school: School, place: SchoolMembership | None) -> bool:
    """Who works there, and who may change what is official."""
    return works_there(actor, place) or can_edit_official_details(actor, school)


def can_edit_official_details(actor: Person, school: School) -> bool:
    """The agency; and whoever proposed the school, until somebody has decided."""
    return can_decide_for(actor, school.country_id, school) or is_own_proposal(actor, school)


def can_lead(actor: Person, agency_id: UUID) -> bool:
    """An agency's own leads; the central service for every other agency."""
    officer = appointment(actor)
    if officer is None or officer.role not in DECIDING:
        return False
    return officer.role == OfficerRole.LEAD if officer.agency_id == agency_id else officer.is_central


def can_write_texts(actor: Person, agency_id: UUID) -> bool:
    """Officers and leads, for their own agency."""
    officer = appointment(actor)
    return officer is not None and officer.role in DECIDING and officer.agency_id == agency_id


def can_reset_second_factor(actor: Person, person: Person) -> bool:
    """Leads for officers of their agency, the central service for leads; officers for their country's staff."""
    if actor.pk == person.pk:
        return False
    if not is_officer(person):
        return can_decide_for(actor, person.country_id)
    officer: Officer = person.officer
    if officer.role == OfficerRole.LEAD and not officer.is_central and not is_central(actor):
        return False
    return can_lead(actor, officer.agency_id)


def is_officer(person: Person) -> bool:
    return person.kind == PersonKind.OFFICER


def is_central(actor: Person) -> bool:
    officer = appointment(actor)
    return officer is not None and officer.is_central
