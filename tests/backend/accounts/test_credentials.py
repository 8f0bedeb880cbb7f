"""Passwords, tokens and consent of one's own."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from backend.accounts.actions import (
    accept_consent,
    change_password,
    create_token,
    request_password_reset,
    reset_password,
    revoke_token,
)
from backend.accounts.letters import reset_token
from backend.accounts.models import AccessToken, Person, PersonState
from backend.accounts.permissions import CONSENT_VERSION, needs_consent
from backend.accounts.sessions import browser_of
from backend.accounts.sign_in import issue_token, person_of_token
from backend.core import clock
from tests.factories.people import PASSWORD, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NEW = "a-quieter-harbour"


def letters() -> list[str]:
    return [str(letter.subject) for letter in mail.outbox]


def test_a_link_sets_a_password_once() -> None:
    person = teacher("FR", language="en")
    token = issue_token(person)
    request_password_reset(f" {person.email.upper()} ")
    body = str(mail.outbox[0].body)
    link = re.search(r"token=(\S+)", body)
    assert link
    assert "Within two hours" in body
    with refused("password_too_short"):
        reset_password(link[1], password="short")
    reset_password(link[1], password=NEW)
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert person_of_token(token) is None
    assert letters() == ["Set a new password", "Your password was changed"]
    with refused("link_invalid"):
        reset_password(link[1], password="another-harbour-again")


def test_letters_are_in_the_persons_language() -> None:
    person = teacher("FR", language="fr")
    request_password_reset(person.email)
    reset_password(reset_token(person), password=NEW)
    assert letters() == ["Choisissez un nouveau mot de passe", "Votre mot de passe a été changé"]
    assert "dans les deux heures" in str(mail.outbox[0].body)
    assert "agence nationale" in str(mail.outbox[1].body)


def test_who_gets_no_letter() -> None:
    request_password_reset("nobody@example.org")
    suspended = teacher("FR", state=PersonState.SUSPENDED)
    request_password_reset(suspended.email)
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    mail.outbox.clear()
    request_password_reset(child.login)
    assert letters() == []
    person = officer("FR")
    for _ in range(5):
        request_password_reset(person.email)
    assert len(letters()) == 3


def test_a_link_is_good_for_two_hours() -> None:
    person = teacher("FR")
    token = reset_token(person)
    with time_machine.travel(clock.now() + timedelta(hours=2, minutes=1)), refused("link_invalid"):
        reset_password(token, password=NEW)
    with refused("link_invalid"):
        reset_password("nonsense", password=NEW)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_changing_the_password_ends_what_else_is_signed_in() -> None:
    person = teacher("FR")
    kept, other = issue_token(person), issue_token(person)
    digest = AccessToken.objects.order_by("created_at").first()
    assert digest
    with refused("password_wrong"):
        change_password(person, current="wrong", new=NEW)
    change_password(person, current=PASSWORD, new=NEW, keep=f"token:{digest.digest}")
    assert person_of_token(kept) == person
    assert person_of_token(other) is None
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_guesses_of_the_present_password_are_counted() -> None:
    person = teacher("FR")
    for _ in range(5):
        with refused("password_wrong"):
            change_password(person, current="wrong", new=NEW)
    with refused("too_many_attempts"):
        change_password(person, current=PASSWORD, new=NEW)


def test_tokens() -> None:
    person = teacher("FR")
    token, secret = create_token(person, name="  School  portal ", days=30, scope="READ")
    assert (token.name, token.scope, person_of_token(secret)) == ("School portal", "READ", person)
    assert token.expires_at - clock.now() == pytest.approx(timedelta(days=30), abs=timedelta(minutes=1))
    for code, values in {
        "required": {"name": " "},
        "token_days": {"days": 366},
        "code_unknown": {"scope": "ALL"},
    }.items():
        with refused(code):
            create_token(person, **{"name": "x", "days": 1, **values})  # type: ignore[arg-type]
    with refused("not_permitted"):
        revoke_token(token, actor=teacher("FR"))
    revoke_token(token, actor=person)
    with refused("token_revoked"):
        revoke_token(token, actor=person)
    assert person_of_token(secret) is None
    for number in range(20):
        create_token(person, name=f"T{number}", days=1)
    with refused("tokens_enough"):
        create_token(person, name="One more", days=1)


def test_consent_is_given_to_the_version_in_force() -> None:
    person = teacher("FR", consent_version="2020-01")
    assert needs_consent(person)
    with refused("consent_outdated"):
        accept_consent(person, actor=person, version="2020-01")
    person = accept_consent(person, actor=person, version=CONSENT_VERSION)
    assert not needs_consent(person)
    assert not needs_consent(officer("FR", consent_version=""))
    with refused("consent_given"):
        accept_consent(person, actor=person, version=CONSENT_VERSION)
    assert Person.objects.get(pk=person.pk).consented_at


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126 Safari/537.36 Edg/126", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Safari/537.36", "Chrome on Android"),
        ("curl/8.5", ""),
    ],
)
def test_what_a_browser_is_called(agent: str, name: str) -> None:
    assert browser_of(agent) == name
