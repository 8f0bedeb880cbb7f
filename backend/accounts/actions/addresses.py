"""Another e-mail address for the same account: schools' addresses end with the school."""

from django.db import IntegrityError, transaction

from backend.accounts import letters, registration, sign_in
from backend.accounts.events import EmailChanged
from backend.accounts.models import Person, PersonKind, PersonState
from backend.core import fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.eventlog.record import record


def change_email(person: Person, *, email: str, current: str) -> str:
    """A letter to the new address, whose link makes the change, and one to the present; the owner of an address that has
    an account gets another letter, and the answer is the same. Returns where the letter goes."""
    allow(person.kind != PersonKind.PUPIL)
    email = fields.email_address(email=email)
    ensure(email.casefold() != person.login, "email_is_yours", field="email")
    known = sign_in.LoginBackend().authenticate(None, login=person.login, password=current)  # outside: counts failures
    ensure(known is not None, "password_wrong", field="current_password")
    _write(person, email)
    return email


@transaction.atomic
def _write(person: Person, email: str) -> None:
    may_write = sign_in.may_write_to(email.casefold(), "change")
    logins = [email.casefold(), registration.banned_login(email.casefold())]
    owner = Person.objects.filter(login__in=logins).first()
    letters.mail_new_address(person, email, is_sent=may_write and owner is None)
    letters.mail_change_asked(person)
    is_known = owner is not None and owner.state != PersonState.ERASED
    registration.mail_already_registered(owner or person, is_sent=may_write and is_known)


@transaction.atomic
def take_new_email(token: str) -> Person:
    """The new address is proved: from now on it is the name to sign in with. The old one is told, everybody is out."""
    found, email = letters.person_of_new_address(token)
    person = Person.objects.lock(found)
    if person.email == email:
        return person  # the link was opened twice
    letters.person_of_new_address(token)  # again, under the lock: of two at once, the first
    ensure(person.is_active, "link_invalid", field="token")
    old = person.email
    try:
        with transaction.atomic():
            change(person, email=email, login=email.casefold())
    except IntegrityError:  # somebody registered it meanwhile
        raise refusal("link_invalid", field="token") from None
    sign_in.sign_out_everywhere(person)
    record(EmailChanged(person), actor=person)
    letters.mail_address_changed(person, old)
    return person
