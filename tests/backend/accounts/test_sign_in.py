"""Signing in by password and by token, and the limit on guessing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from backend.accounts.models import PersonState
from backend.accounts.sign_in import issue_token, person_of_token, revoke_token
from tests.factories.people import PASSWORD, PersonFactory, teacher
from tests.support.api import Api

pytestmark = pytest.mark.django_db


def test_name_and_password_go_together() -> None:
    person = teacher(login="a@example.org")
    assert authenticate(login=" A@Example.org ", password=PASSWORD) == person
    assert authenticate(login="a@example.org", password="wrong") is None
    assert authenticate(login="nobody@example.org", password=PASSWORD) is None


@pytest.mark.parametrize("state", [PersonState.SUSPENDED, PersonState.BANNED, PersonState.REVOKED])
def test_a_closed_account_cannot_sign_in(state: str) -> None:
    person = PersonFactory(login="a@example.org", state=state)
    assert authenticate(login=person.login, password=PASSWORD) is None
    assert person_of_token(issue_token(person)) is None


@pytest.mark.parametrize("login", ["a@example.org", "nobody@example.org"])
def test_five_failures_in_five_minutes(login: str) -> None:
    teacher(login="a@example.org")
    start = datetime(2026, 3, 6, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        for _ in range(5):
            assert authenticate(login=login, password="wrong") is None
        with pytest.raises(ValidationError) as refused:
            authenticate(login=login.upper(), password=PASSWORD)
        assert refused.value.code == "too_many_attempts"
    with time_machine.travel(start + timedelta(minutes=5, seconds=1), tick=False):
        assert (authenticate(login=login, password=PASSWORD) is not None) == (login == "a@example.org")


def test_nobody_is_kept_out_while_redis_is_away(settings: Any) -> None:
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": away}
    person = teacher()
    api = Api(Authorization=f"Bearer {issue_token(person)}")
    assert api.ask("{ viewer { login } }") == {"viewer": {"login": person.login}}
    assert person.access_tokens.get().last_used_at is None


def test_a_token_works_until_revoked_or_old() -> None:
    person = teacher()
    token = issue_token(person, name="class app")
    assert person_of_token(token) == person
    assert person_of_token(token + "x") is None
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        assert person_of_token(token) is None
    revoke_token(token)
    assert person_of_token(token) is None
    assert token not in str(person.access_tokens.values())
