"""Who may do what with an account."""

from backend.accounts.models import Person, PersonKind, PersonState

CONFIRMED = (PersonState.PENDING, PersonState.INFORMATION_REQUESTED, PersonState.VALIDATED)


def can_update_profile(actor: Person, person: Person) -> bool:
    """Staff edit their own profile, from the day the e-mail is confirmed."""
    return actor.pk == person.pk and is_confirmed_staff(actor)


def is_confirmed_staff(actor: Person) -> bool:
    return actor.kind == PersonKind.STAFF and actor.state in CONFIRMED


def can_see_email(viewer: Person, person: Person) -> bool:
    """Oneself and the own country's agency."""
    return viewer.pk == person.pk or viewer.oversees.covers(person.country_id)
