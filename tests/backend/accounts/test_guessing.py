"""Passwords cannot be guessed: five checks a name, whoever asks from wherever, and no time that tells names."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import argon2
import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.accounts.actions import change_password, register_teacher, request_password_reset
from backend.accounts.models import SignInAttempt
from backend.accounts.passwords import AT_ONCE, Argon2id
from backend.core import clock
from tests.factories.people import PASSWORD, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api
from tests.support.refusals import codes_of

pytestmark = pytest.mark.django_db
FOR_REAL = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CROWD = 16


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The Argon2 computations that were made."""
    made: list[str] = []

    def counted(name: str, real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            return real(*args, **kwargs)

        return call

    for owner, name in ((argon2.low_level, "hash_secret"), (argon2.PasswordHasher, "verify")):
        monkeypatch.setattr(owner, name, counted(name, getattr(owner, name)))
    return made


def try_to_sign_in(login: str, guess: str = "wrong") -> str:
    try:
        return "in" if authenticate(login=login, password=guess) else "wrong"
    except ValidationError as error:
        return codes_of(error).pop()


def in_a_thread(login: str) -> str:
    try:
        return try_to_sign_in(login)
    finally:
        connections.close_all()


@FOR_REAL
@pytest.mark.parametrize("login", ["a@example.org", "nobody@example.org"])
def test_a_crowd_of_guesses_gets_five_checks(login: str) -> None:
    teacher(login="a@example.org")
    with ThreadPoolExecutor(CROWD) as pool:
        answers = list(pool.map(in_a_thread, [login] * CROWD))
    assert set(answers) <= {"wrong", "too_many_attempts"}
    assert answers.count("wrong") <= 5
    while (answer := try_to_sign_in(login)) == "wrong":  # what the crowd left of the five
        answers.append(answer)
    assert (answer, answers.count("wrong")) == ("too_many_attempts", 5)
    assert SignInAttempt.objects.count() == 5
    assert try_to_sign_in(login, PASSWORD) == "too_many_attempts"


def test_a_right_password_is_no_guess() -> None:
    teacher(login="a@example.org")
    assert [try_to_sign_in("a@example.org", PASSWORD) for _ in range(7)] == ["in"] * 7
    assert SignInAttempt.objects.count() == 0


def test_all_doors_count_together() -> None:
    person = officer("FR", login="o@example.org")
    browser = Client()
    sent = {"login": person.login, "password": "wrong"}
    assert Api().refused("login", **sent) == ["sign_in_failed"]
    assert Api(person).refused("login", **sent, wantToken=True) == ["sign_in_failed"]
    assert Api().refused("pupilLogin", userName=person.login, words="wrong") == ["sign_in_failed"]
    with pytest.raises(ValidationError) as wrong:
        change_password(person, current="wrong", new="a-quieter-harbour")
    assert codes_of(wrong.value) == {"password_wrong"}
    assert browser.post("/dashboard/sign-in/", sent).status_code == 422
    right = {"login": person.login, "password": PASSWORD}
    assert Api().refused("login", **right) == ["too_many_attempts"]
    assert Api(person).refused("changePassword", currentPassword=PASSWORD, newPassword="a-quieter-harbour") == [
        "too_many_attempts"
    ]
    assert "five minutes" in browser.post("/dashboard/sign-in/", right).content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_pupils_too() -> None:
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    for _ in range(5):
        assert Api().refused("pupilLogin", userName=child.login, words="wrong") == ["sign_in_failed"]
    assert Api().refused("pupilLogin", userName=child.login.upper(), words="wrong") == ["too_many_attempts"]


def test_known_and_unknown_names_cost_the_same(hashes: list[str]) -> None:
    teacher(login="a@example.org")
    closed = teacher(login="closed@example.org", state="SUSPENDED")
    pupil_like = teacher(login="b@example.org", password="!unusable")
    costs = {}
    for login in ("a@example.org", "nobody@example.org", closed.login, pupil_like.login):
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            assert authenticate(login=login, password="wrong") is None
        costs[login] = (len(hashes), len(queries))
    assert len(set(costs.values())) == 1, costs
    assert costs["a@example.org"][0] == 1


def test_the_parameters_are_those_we_promise() -> None:
    encoded = Argon2id().encode(PASSWORD, "saltsaltsalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_four_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, guard = 0, 0, threading.Lock()
    real, all_here = argon2.low_level.hash_secret, threading.Barrier(AT_ONCE, timeout=20)

    def slow(*args: Any, **kwargs: Any) -> Any:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        all_here.wait()  # each four meet, however slow the machine is
        with guard:
            running -= 1
        return real(*args, **kwargs)

    monkeypatch.setattr(argon2.low_level, "hash_secret", slow)
    with ThreadPoolExecutor(CROWD) as pool:
        made = list(pool.map(lambda n: Argon2id().encode(str(n), "saltsaltsalt"), range(CROWD)))
    assert (len(set(made)), most) == (CROWD, AT_ONCE)


def test_a_crowd_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.accounts.passwords.PATIENCE", 0.05)
    go = threading.Event()
    real = argon2.low_level.hash_secret

    def held(*args: Any, **kwargs: Any) -> Any:
        go.wait(5)
        return real(*args, **kwargs)

    monkeypatch.setattr(argon2.low_level, "hash_secret", held)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(Argon2id().encode, str(n), "saltsaltsalt") for n in range(AT_ONCE)]
        while not all(future.running() for future in running):
            time.sleep(0.01)
        time.sleep(0.05)
        with pytest.raises(ValidationError) as refused:
            Argon2id().encode("one more", "saltsaltsalt")
        go.set()
    assert refused.value.code == "many_sign_in"
    assert len([future.result() for future in running]) == AT_ONCE


def test_registering_and_forgetting_tell_no_names(hashes: list[str]) -> None:
    known = teacher(email="a@example.org", login="a@example.org")
    given = {"password": "a-quieter-harbour", "givenName": "A", "familyName": "B", "country": "FR", "consents": True}
    answers = []
    for email in (known.email, "nobody@example.org"):
        hashes.clear()
        answers.append(Api().do("registerTeacher", "... on Registration { email }", email=email, **given))
        answers[-1]["email"] = len(hashes)
        mail.outbox.clear()
    assert answers == [{"__typename": "Registration", "email": 1}] * 2
    asked = [Api().do("requestPasswordReset", "... on Done { done }", email=e) for e in (known.email, "no@example.org")]
    assert asked == [{"__typename": "Done", "done": True}] * 2
    pages = [Client().post("/forgotten-password/", {"email": e}).content for e in (known.email, "no@example.org")]
    assert len({page.split(b"<main", 1)[1] for page in pages}) == 1


@FOR_REAL
def test_letters_that_anybody_can_ask_for_are_three_an_hour() -> None:
    known = teacher(email="a@example.org", login="a@example.org")
    registration = {"password": "a-quieter-harbour", "given_name": "A", "family_name": "B", "country": "FR"}
    for _ in range(5):
        register_teacher(email=known.email, consents=True, **registration)
        request_password_reset(known.email)
    assert len(mail.outbox) == 6
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        request_password_reset(known.email)
    assert len(mail.outbox) == 7


def test_old_attempts_go_at_night() -> None:
    try_to_sign_in("nobody@example.org")
    call_command("clearsessions")
    assert SignInAttempt.objects.count() == 1
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        call_command("clearsessions")
    assert SignInAttempt.objects.count() == 0
