"""The link that sets a new password, and the letters about passwords."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.guards import refusal
from backend.core.mail import mail_after_commit

RESET_SALT = "accounts.reset-password"
RESET_LIFE = 2 * 3600  # seconds


def reset_token(person: Person) -> str:
    """Good for two hours, and until the password is another one."""
    return signing.dumps([str(person.pk), _mark(person)], salt=RESET_SALT, compress=True)


def person_of_reset(token: str) -> Person:
    """Whose password the link sets; refuses a forged, old or used-up one."""
    try:
        key, mark = signing.loads(token, salt=RESET_SALT, max_age=RESET_LIFE)
    except signing.BadSignature:
        raise refusal("link_invalid", field="token") from None
    person = Person.objects.filter(pk=key).first()
    if person is None or mark != _mark(person):
        raise refusal("link_invalid", field="token")
    return person


def mail_password_reset(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Set a new password"),
        paragraphs=[
            _("Somebody, perhaps you, asked for a new password. Within two hours you can set one by this link:"),
            _("If it was not you, you need not do anything: your password stays as it is."),
        ],
        link=settings.RESET_PASSWORD_URL.format(token=reset_token(person)),
    )


def mail_password_changed(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Your password was changed"),
        paragraphs=[
            _("The password of your eTwinning account was changed. All other browsers and programs were signed out."),
            _("If it was not you, please set a new password at once and write to your national agency."),
        ],
    )


def _mark(person: Person) -> str:
    return salted_hmac(RESET_SALT, person.password).hexdigest()[:20]
