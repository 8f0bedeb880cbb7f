"""Who may register, join and choose schools, and who belongs to one."""

from backend.accounts.models import Person
from backend.accounts.permissions import is_confirmed_staff
from backend.schools.models import PRESENT, MembershipState, School, SchoolMembership, SchoolState


def can_register_school(actor: Person) -> bool:
    """Staff whose e-mail is confirmed."""
    return is_confirmed_staff(actor)


def can_join_school(actor: Person, school: School) -> bool:
    """Staff may join what they can see: a validated school, or their own proposal."""
    return is_confirmed_staff(actor) and (school.state == SchoolState.VALIDATED or is_own_proposal(actor, school))


def can_choose_school(actor: Person) -> bool:
    """Validated staff."""
    return actor.is_validated_staff


def can_leave_school(actor: Person, place: SchoolMembership) -> bool:
    """Whose place it is, while they are there or wait to be."""
    return place.person_id == actor.pk and place.state in PRESENT


def can_make_main_school(actor: Person, place: SchoolMembership) -> bool:
    """Whose place it is, at a school that is open."""
    return place.person_id == actor.pk and works_there(actor, place) and place.school.is_open


def is_own_proposal(actor: Person, school: School) -> bool:
    """It waits for the agency, and this person proposed it."""
    return school.state == SchoolState.PROPOSED and school.proposed_by_id == actor.pk


def works_there(actor: Person, place: SchoolMembership | None) -> bool:
    """Validated staff whose place at a school is validated too."""
    return actor.is_validated_staff and place is not None and place.state == MembershipState.VALIDATED
