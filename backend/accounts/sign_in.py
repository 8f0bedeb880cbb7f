"""Who somebody is: by name and password, or by a bearer token."""

import hashlib
import logging
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user, login, logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import AccessToken, Person, Session, SignInAttempt, TokenScope
from backend.accounts.sessions import BROWSER, SINCE, SessionStore, browser_of, proved
from backend.core import clock
from backend.core.guards import refusal
from backend.core.kept.statements import row_of
from backend.eventlog.hub import recheck

logger = logging.getLogger(__name__)

ATTEMPTS = 5
ATTEMPTS_WINDOW = timedelta(minutes=5)
LETTERS, LETTERS_WINDOW = 3, timedelta(hours=1)
TOKEN_LIFE = timedelta(days=14)
ACTIVE_EVERY = timedelta(hours=1)


class LoginBackend(BaseBackend):
    """Login name and password; at most five wrong ones an account in five minutes, known name or not."""

    def authenticate(
        self, request: Any, login: str | None = None, password: str | None = None, **rest: Any
    ) -> Person | None:
        name = (login or "").strip().casefold()
        if not name or not password:
            return None
        attempt = take_attempt(digest_of(name))
        person: Person | None = _with_officer().filter(login=name).first()
        if person is None:
            make_password(password)  # the same time as a real check
            return None
        if not person.check_password(password) or not person.is_active:
            return None
        attempt.delete()
        return person

    def get_user(self, user_id: UUID) -> Person | None:
        person: Person | None = row_of(_by_key, None, user_id)
        return person if person and person.is_active else None


def take_attempt(digest: str) -> SignInAttempt:
    """One of the five checks of a name; refuses the sixth. To be deleted when the password was right.

    Committed before it counts, and before the check: of guesses made at once, whichever is seen by five others waits.
    """
    with transaction.atomic(durable=True):
        attempt = SignInAttempt.objects.create(login_digest=digest)
    if tried(digest, ATTEMPTS_WINDOW) > ATTEMPTS:
        attempt.delete()  # refusing costs nobody anything: the account opens when the window has passed
        raise refusal("too_many_attempts")
    return attempt


def may_write_to(login: str, about: str) -> bool:
    """Whether an address may get a letter that anybody can ask for: three an hour, known or not."""
    digest = digest_of(f"{about}:{login}")
    written = tried(digest, LETTERS_WINDOW)
    SignInAttempt.objects.create(login_digest=digest)
    return written < LETTERS


def tried(digest: str, window: timedelta) -> int:
    return SignInAttempt.objects.filter(login_digest=digest, at__gt=clock.now() - window).count()


def issue_token(
    person: Person,
    *,
    name: str = "",
    life: timedelta = TOKEN_LIFE,
    scope: str = TokenScope.WRITE,
    is_proved: bool = False,
) -> str:
    """A new bearer token; shown once, only its digest is kept."""
    token, expires_at = secrets.token_urlsafe(32), clock.now() + life
    AccessToken.objects.create(
        person=person, digest=digest_of(token), name=name, expires_at=expires_at, scope=scope, is_proved=is_proved
    )
    return token


def begin_session(request: HttpRequest, person: Person, *, device: TOTPDevice | None = None) -> None:
    """Django's sign-in; the session remembers since when, in which browser, and the second factor if one was given."""
    login(request, person)
    prove_session(request, device)
    proved(person, request.session)
    request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))
    request.session[SINCE] = clock.now().isoformat()


def prove_session(request: HttpRequest, device: TOTPDevice | None) -> None:
    """From now on the session counts as one whose second factor was given."""
    otp_login(request, device)


def note_use(person: Person, proof: str) -> None:
    """When a session or token was last used, and its person here; to the minute, so that reading stays cheap."""
    if not _first_this_minute(f"used:{proof}"):
        return
    kind, _, value = proof.partition(":")
    now = clock.now()
    if kind == "session":
        Session.objects.filter(pk=value).update(last_used_at=now)
    else:
        AccessToken.objects.filter(digest=value).update(last_used_at=now)
    if person.last_active is None or now - person.last_active > ACTIVE_EVERY:
        Person.objects.filter(pk=person.pk).update(last_active=now)


def _first_this_minute(key: str) -> bool:
    try:
        return cache.add(key, True, 60)
    except Exception:  # the cache is away; it is noted once it is back, and nobody waits for it
        logger.warning("The cache does not answer: when people were last here is not noted.")
        return False


def sign_out_everywhere(person: Person, *, keep: str = "") -> None:
    """End all sessions and tokens of a person but the one with this proof, and the live streams opened with them."""
    kind, _, value = keep.partition(":")
    tokens = person.access_tokens.filter(revoked_at=None)
    (tokens.exclude(digest=value) if kind == "token" else tokens).update(revoked_at=clock.now())
    end_sessions(person, person.sessions.exclude(pk=value) if kind == "session" else person.sessions.all())


def end_sessions(person: Person, sessions: QuerySet[Session]) -> None:
    sessions.delete()
    transaction.on_commit(lambda: recheck(person.pk))


def person_of_session(key: str) -> Person | None:
    """Whose session this is."""
    request = HttpRequest()
    request.session = SessionStore(key)
    user = proved(get_user(request), request.session)
    return user if isinstance(user, Person) else None


def person_of_token(token: str) -> Person | None:
    """Whose token this is; nobody's when unknown, expired or revoked."""
    found: AccessToken | None = row_of(_with_person, None, digest_of(token))
    if found is None or not found.person.is_active:
        return None
    found.person.is_proved = found.is_proved
    return found.person


def _with_person(_: None, digest: str) -> QuerySet[AccessToken]:
    return good_tokens().filter(digest=digest).select_related("person__officer__agency", "person__country")


def revoke_token(token: str) -> None:
    end_token(digest_of(token))


def end_token(digest: str) -> None:
    token = AccessToken.objects.filter(digest=digest, revoked_at=None).first()
    if token:
        AccessToken.objects.filter(pk=token.pk).update(revoked_at=clock.now())
        transaction.on_commit(lambda: recheck(token.person_id))


def sign_out(request: HttpRequest) -> None:
    """End the session, and the live streams opened with it."""
    person = request.user
    logout(request)
    if person.pk:
        transaction.on_commit(lambda: recheck(person.pk))


def session_proof(key: str) -> str:
    return f"session:{key}"


def token_proof(token: str) -> str:
    return f"token:{digest_of(token)}"


def proofs_that_hold(proofs: Iterable[str]) -> set[str]:
    """Which of these sessions and tokens are still good; at most two queries."""
    asked: dict[str, set[str]] = {"session": set(), "token": set()}
    for proof in proofs:
        kind, _, value = proof.partition(":")
        asked.setdefault(kind, set()).add(value)
    good: set[str] = set()
    if asked["session"]:
        sessions = Session.objects.filter(pk__in=asked["session"], expire_date__gt=clock.now())
        good |= {session_proof(key) for key in sessions.values_list("pk", flat=True)}
    if asked["token"]:
        good |= {
            f"token:{digest}"
            for digest in good_tokens().filter(digest__in=asked["token"]).values_list("digest", flat=True)
        }
    return good


def good_tokens() -> QuerySet[AccessToken]:
    """Neither revoked nor expired."""
    return AccessToken.objects.filter(revoked_at=None, expires_at__gt=clock.now())


def is_read_only(proof: str) -> bool:
    """Whether a token lets its program only read."""
    kind, _, value = proof.partition(":")
    return kind == "token" and AccessToken.objects.filter(digest=value, scope=TokenScope.READ).exists()


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _by_key(_: None, key: UUID) -> QuerySet[Person]:
    found: QuerySet[Person] = _with_officer().filter(pk=key)
    return found


def _with_officer() -> Any:
    return Person.objects.select_related("officer__agency", "country")
