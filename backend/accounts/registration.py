"""The link that proves an e-mail address, and the letters that go with registration."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, PersonState
from backend.core.guards import refusal
from backend.core.mail import mail_after_commit

CONFIRMATION_SALT = "accounts.confirm-email"
BANNED_SALT = "accounts.banned"
CONFIRMATION_LIFE = 3 * 24 * 3600  # seconds


def confirmation_token(person: Person) -> str:
    """Of the form it was sent for: whoever registers the address again before it is confirmed gets another."""
    form = _digest(person)
    return signing.dumps([str(person.pk), person.email, form], salt=CONFIRMATION_SALT, compress=True)


def _digest(person: Person) -> str:
    return salted_hmac(CONFIRMATION_SALT, person.password).hexdigest()


def person_of_confirmation(token: str) -> Person:
    """Whose address the token proves; refuses a forged, old or used-up one."""
    try:
        key, email, form = signing.loads(token, salt=CONFIRMATION_SALT, max_age=CONFIRMATION_LIFE)
    except (signing.BadSignature, ValueError):
        raise refusal("link_invalid", field="token") from None
    person = Person.objects.filter(pk=key, email=email).first()
    if person is None or (person.state == PersonState.EMAIL_UNCONFIRMED and form != _digest(person)):
        raise refusal("link_invalid", field="token")
    return person


def banned_login(login: str) -> str:
    """What remains of a banned person's address when the account is erased: enough to know it again, not to read it."""
    return f"banned-{salted_hmac(BANNED_SALT, login, algorithm='sha256').hexdigest()}"


def mail_confirmation(person: Person, *, is_sent: bool = True) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Please confirm your e-mail address"),
        paragraphs=[_("Welcome to eTwinning. Please confirm your e-mail address within three days by this link:")],
        link=settings.CONFIRM_EMAIL_URL.format(token=confirmation_token(person)),
        is_sent=is_sent,
    )


def mail_already_registered(person: Person, *, is_sent: bool = True) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("You have an eTwinning account already"),
        paragraphs=[
            _("Somebody, perhaps you, tried to register with this e-mail address, but it has an account already."),
            _("If that was you, simply sign in. If not, you need not do anything."),
        ],
        is_sent=is_sent,
    )
