"""Registering and forgetting a password: a known and an unknown address are the same work, counted."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import argon2
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from backend.accounts.actions import register_teacher, request_password_reset
from backend.accounts.models import Person
from backend.core.models import change
from backend.eventlog.models import Event
from tests.factories.people import PASSWORD, teacher
from tests.support.api import Api

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@example.org", "unknown@example.org"
VALUES = re.compile(r"""'[^']*'|"s\d+_x\d+"|\b[0-9a-f]{32}\b|\b\d+\b""")
FORM = {"password": PASSWORD, "givenName": "Ana", "familyName": "Silva", "country": "PT", "consents": True}


@dataclass
class Work:
    """What the computer did, in order, without the values it did it with."""

    hashes: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    templates: list[str | None] = field(default_factory=list)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], Work]:
    hash_secret = argon2.low_level.hash_secret
    counted: list[str] = []
    monkeypatch.setattr(
        argon2.low_level, "hash_secret", lambda *a, **k: (counted.append("hash"), hash_secret(*a, **k))[1]
    )

    def of(ask: Callable[[], Any]) -> Work:
        counted.clear()
        with CaptureQueriesContext(connection) as queries, rendered() as templates:
            ask()
        return Work([*counted], _shapes([query["sql"] for query in queries]), templates)

    return of


@contextmanager
def rendered() -> Iterator[list[str | None]]:
    names: list[str | None] = []

    def note(template: Any, **_: Any) -> None:
        names.append(template.name)

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)


def _shapes(statements: list[str]) -> list[str]:
    """Without their values. Going back to a savepoint is one short statement more, which touches no row."""
    return [VALUES.sub("?", sql) for sql in statements if not sql.startswith("ROLLBACK TO SAVEPOINT")]


@pytest.fixture(autouse=True)
def somebody() -> Person:
    return teacher("PT", login=KNOWN, email=KNOWN, language="en")


@pytest.mark.parametrize("is_confirmed", [True, False], ids=["confirmed", "not yet confirmed"])
def test_registering(work: Callable[[Callable[[], Any]], Work], somebody: Person, is_confirmed: bool) -> None:
    if not is_confirmed:
        change(somebody, state="EMAIL_UNCONFIRMED")
    register_teacher(
        email="first@example.org", password=PASSWORD, given_name="A", family_name="B", country="PT", consents=True
    )
    unknown, known = (
        work(lambda email=email: Api().do("registerTeacher", "... on Registration { email }", email=email, **FORM))
        for email in (UNKNOWN, KNOWN)
    )
    assert unknown.statements == known.statements
    assert unknown == known
    assert known.hashes == ["hash"]
    assert "mail/message.html" in known.templates
    assert any(sql.startswith('INSERT INTO "accounts_person"') for sql in known.statements)


def test_nothing_of_a_pretended_registration_stays(somebody: Person, django_capture_on_commit_callbacks: Any) -> None:
    before = (Person.objects.count(), Event.objects.count())
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        Api().do("registerTeacher", "... on Registration { email }", email=KNOWN, **FORM)
    assert (Person.objects.count(), Event.objects.count()) == before
    assert len(callbacks) == 1
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([KNOWN], "You have an eTwinning account already")
    ]


@pytest.mark.parametrize("by", ["api", "page"])
def test_forgetting(
    by: str, work: Callable[[Callable[[], Any]], Work], django_capture_on_commit_callbacks: Any
) -> None:
    def ask(email: str) -> None:
        if by == "api":
            Api().do("requestPasswordReset", "... on Done { done }", email=email)
        else:
            Client().post("/forgotten-password/", {"email": email})

    request_password_reset("first@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        unknown, known = work(lambda: ask(UNKNOWN)), work(lambda: ask(KNOWN))
    assert unknown == known
    assert known.templates.count("mail/message.html") == 1
    assert [letter.to for letter in mail.outbox] == [[KNOWN]]
