"""The link by which a new officer sets a password: good once, for two weeks."""

from django.core import signing

from backend.accounts.models import Person, PersonKind, PersonState
from backend.core.guards import refusal

INVITATION_SALT = "agencies.appointment"
INVITATION_LIFE = 14 * 24 * 3600  # seconds


def invitation_token(person: Person) -> str:
    return signing.dumps([str(person.pk), person.state_since.isoformat()], salt=INVITATION_SALT, compress=True)


def person_of_invitation(token: str) -> Person:
    """Whom the letter invited; refuses a forged, old, used or replaced one."""
    try:
        key, since = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_LIFE)
    except signing.BadSignature:
        raise refusal("link_invalid", field="token") from None
    invited = Person.objects.filter(kind=PersonKind.OFFICER, state=PersonState.EMAIL_UNCONFIRMED)
    person = invited.filter(pk=key, state_since=since).first()
    if person is None:
        raise refusal("link_invalid", field="token")
    return person
