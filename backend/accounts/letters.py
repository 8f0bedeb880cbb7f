"""The link that sets a new password, and the letters about passwords."""

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backend.accounts.events import EmailChanged
from backend.accounts.models import Person
from backend.core.guards import refusal
from backend.core.mail import mail_after_commit
from backend.eventlog.models import Event

IF_NOT_YOU = _("If it was not you, please set a new password at once and write to your national agency.")
RESET_SALT = "accounts.reset-password"
RESET_LIFE = 2 * 3600  # seconds
ADDRESS_SALT = "accounts.new-address"
ADDRESS_LIFE = 3 * 24 * 3600


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


def is_of_new_address(token: str) -> bool:
    """Whether the token was made for a new address, whatever else it is good for."""
    try:
        signing.loads(token, salt=ADDRESS_SALT)
    except signing.BadSignature:
        return False
    return True


def person_of_new_address(token: str) -> tuple[Person, str]:
    """Whose address the link changes, and to what; refuses a forged or old one, and one from before another change."""
    try:
        key, mark, new = signing.loads(token, salt=ADDRESS_SALT, max_age=ADDRESS_LIFE)
    except signing.BadSignature:
        raise refusal("link_invalid", field="token") from None
    person = Person.objects.filter(pk=key).first()
    if person is None or (person.email != new and mark != _mark_of_change(person)):
        raise refusal("link_invalid", field="token")
    return person, str(new)


def mail_new_address(person: Person, email: str, *, is_sent: bool = True) -> None:
    token = signing.dumps([str(person.pk), _mark_of_change(person), email], salt=ADDRESS_SALT, compress=True)
    mail_after_commit(
        email,
        language=person.language,
        subject=_("Please confirm your new e-mail address"),
        paragraphs=[
            _("Please confirm within three days that your eTwinning account shall have this address:"),
            _("From then on you sign in with it. If it was not you, you need not do anything."),
        ],
        link=settings.CONFIRM_EMAIL_URL.format(token=token),
        is_sent=is_sent,
    )


def mail_change_asked(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Your account is to have another e-mail address"),
        paragraphs=[
            _("Somebody, perhaps you, asked that your eTwinning account have another e-mail address."),
            _("If it was not you, please set a new password at once: then the change cannot be made."),
        ],
    )


def mail_address_changed(person: Person, old: str) -> None:
    mail_after_commit(
        old,
        language=person.language,
        subject=_("Your e-mail address was changed"),
        paragraphs=[
            _("Your eTwinning account has another e-mail address from now on. Everybody was signed out."),
            _("If it was not you, please write to your national agency at once."),
        ],
    )


def mail_password_reset(person: Person, *, is_sent: bool = True) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Set a new password"),
        paragraphs=[
            _("Somebody, perhaps you, asked for a new password. Within two hours you can set one by this link:"),
            _("If it was not you, you need not do anything: your password stays as it is."),
        ],
        link=settings.RESET_PASSWORD_URL.format(token=reset_token(person)),
        is_sent=is_sent,
    )


def mail_password_changed(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Your password was changed"),
        paragraphs=[
            _("The password of your eTwinning account was changed. All other browsers and programs were signed out."),
            IF_NOT_YOU,
        ],
    )


def mail_factor_activated(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("A second factor protects your account"),
        paragraphs=[
            _("From now on signing in to eTwinning needs your password and a code of your authenticator app."),
            _("Please keep the recovery codes in a safe place: each opens your account once if the app is lost."),
            IF_NOT_YOU,
        ],
    )


def mail_factor_removed(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Your second factor was removed"),
        paragraphs=[
            _("Your eTwinning account has no second factor any more. All browsers and programs were signed out."),
            IF_NOT_YOU,
        ],
    )


def mail_recovery_code_used(person: Person, *, left: int) -> None:
    with translation.override(person.language):
        told = ngettext(
            "Somebody, most likely you, signed in to your account with a recovery code. %(left)s more is left.",
            "Somebody, most likely you, signed in to your account with a recovery code. %(left)s more are left.",
            left,
        ) % {"left": left}
    subject = _("A recovery code was used")
    mail_after_commit(person.email, language=person.language, subject=subject, paragraphs=[told, IF_NOT_YOU])


def mail_account_erased(person: Person) -> None:
    mail_after_commit(
        person.email,
        language=person.language,
        subject=_("Your eTwinning account was erased"),
        paragraphs=[
            _("Your account and what you wrote are gone. Where others answered you they see a removed member."),
            _("This cannot be undone. If you come back one day, please register again."),
        ],
    )


def _mark(person: Person) -> str:
    return salted_hmac(RESET_SALT, f"{person.email} {person.password}").hexdigest()[:20]


def _mark_of_change(person: Person) -> str:
    """Another one after each change of the address, back and forth too, and with each password."""
    changes = Event.objects.filter(subject_id=person.pk, kind=EmailChanged.kind).count()
    return f"{changes}:{_mark(person)}"
