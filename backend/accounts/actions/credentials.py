"""Passwords, sessions and tokens of one's own."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts import letters, sign_in
from backend.accounts.events import PasswordChanged, TokenCreated, TokenRevoked
from backend.accounts.models import AccessToken, Person, PersonKind, TokenScope
from backend.core import fields
from backend.core.guards import allow, ensure, refusal
from backend.core.text import tidy
from backend.eventlog.record import record

TOKENS = 20
LONGEST = 365  # days


@transaction.atomic
def request_password_reset(email: str) -> None:
    """A letter with a link to set a new password, three an hour at most; unknown addresses look the same."""
    login = email.strip().casefold()
    may_write = sign_in.may_write_to(login, "reset")
    person = Person.objects.exclude(kind=PersonKind.PUPIL).filter(login=login).first()
    is_sent = bool(person and person.is_active and may_write)
    letters.mail_password_reset(person or Person(login=login, email=login), is_sent=is_sent)  # written for nobody, too


@transaction.atomic
def reset_password(token: str, *, password: str) -> Person:
    """The link sets one new password, and everybody who was signed in with the old one is out."""
    person = Person.objects.lock(letters.person_of_reset(token))
    letters.person_of_reset(token)  # again, under the lock: of two at once, the first
    ensure(person.is_active, "link_invalid", field="token")
    _set_password(person, password, field="password")
    sign_in.sign_out_everywhere(person)
    record(PasswordChanged(person), actor=person)
    letters.mail_password_changed(person)
    return person


def change_password(person: Person, *, current: str, new: str, keep: str = "") -> Person:
    """Whoever knows the present password chooses another; all other sessions and all tokens end."""
    allow(person.kind != PersonKind.PUPIL)
    known = sign_in.LoginBackend().authenticate(None, login=person.login, password=current)  # outside: counts failures
    ensure(known is not None, "password_wrong", field="current_password")
    return _change_password(person, new, keep)


@transaction.atomic
def create_token(person: Person, *, name: str, days: int, scope: str = TokenScope.WRITE) -> tuple[AccessToken, str]:
    """A token for a program of one's own, and its secret, which is not kept; an officer's needs a second factor."""
    is_proved = person.is_proved
    allow(not person.needs_second_factor, "second_factor_needed")
    person = Person.objects.lock(person)
    allow(person.kind != PersonKind.PUPIL)
    name = tidy(name)
    fields.require(name=name)
    fields.limit(80, name=name)
    fields.check_codes("scope", [scope], TokenScope.values)
    ensure(1 <= days <= LONGEST, "token_days", field="days", limit=LONGEST)
    ensure(sign_in.good_tokens().filter(person=person).count() < TOKENS, "tokens_enough", limit=TOKENS)
    secret = sign_in.issue_token(person, name=name, life=timedelta(days=days), scope=scope, is_proved=is_proved)
    token = AccessToken.objects.get(digest=sign_in.digest_of(secret))
    record(TokenCreated(token), actor=person)
    return token, secret


@transaction.atomic
def revoke_token(token: AccessToken, *, actor: Person) -> AccessToken:
    """It opens nothing any more, and what was followed with it ends."""
    token = AccessToken.objects.lock(token)
    allow(token.person_id == actor.pk)
    ensure(token.revoked_at is None, "token_revoked")
    sign_in.end_token(token.digest)
    record(TokenRevoked(token), actor=actor)
    token.refresh_from_db()
    return token


def end_session(person: Person, *, key_digest: str) -> None:
    """Sign one browser out; named by the digest of its key, which is never shown."""
    found = next((s for s in person.sessions.all() if sign_in.digest_of(s.pk) == key_digest), None)
    if found is None:
        raise refusal("not_found", field="session_id")
    sign_in.end_sessions(person, person.sessions.filter(pk=found.pk))


@transaction.atomic
def _change_password(person: Person, new: str, keep: str) -> Person:
    person = Person.objects.lock(person)
    _set_password(person, new, field="new_password")
    sign_in.sign_out_everywhere(person, keep=keep)
    record(PasswordChanged(person), actor=person)
    letters.mail_password_changed(person)
    return person


def _set_password(person: Person, password: str, *, field: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from None
    person.set_password(password)
    person.save(update_fields=["password", "updated_at"])
