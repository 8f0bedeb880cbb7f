"""Who may do what with an account."""

from backend.accounts.models import Person, PersonKind, PersonState

CONSENT_VERSION = "2026-09"  # of the code of conduct and the privacy notice that are in force
CONFIRMED = (PersonState.PENDING, PersonState.INFORMATION_REQUESTED, PersonState.VALIDATED)


def can_update_profile(actor: Person, person: Person) -> bool:
    """Staff edit their own profile, from the day the e-mail is confirmed."""
    return actor.pk == person.pk and is_confirmed_staff(actor)


def is_confirmed_staff(actor: Person) -> bool:
    return actor.kind == PersonKind.STAFF and actor.state in CONFIRMED


def can_see_email(viewer: Person, person: Person) -> bool:
    """Oneself and the own country's agency."""
    return viewer.pk == person.pk or viewer.oversees.covers(person.country_id, person)


def needs_consent(person: Person) -> bool:
    """Staff who accepted an older code of conduct or privacy notice read, and do not write until they accept."""
    return person.kind == PersonKind.STAFF and person.consent_version != CONSENT_VERSION
