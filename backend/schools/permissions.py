"""Who may register and join schools."""

from backend.accounts.models import Person
from backend.accounts.permissions import is_confirmed_staff
from backend.schools.models import School, SchoolState


def can_register_school(actor: Person) -> bool:
    """Staff whose e-mail is confirmed."""
    return is_confirmed_staff(actor)


def can_join_school(actor: Person, school: School) -> bool:
    """Staff may join what they can see: a validated school, or their own proposal."""
    mine = school.state == SchoolState.PROPOSED and school.proposed_by_id == actor.pk
    return is_confirmed_staff(actor) and (school.state == SchoolState.VALIDATED or mine)
