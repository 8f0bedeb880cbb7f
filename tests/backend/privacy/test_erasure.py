"""Who asks to be erased is nowhere any more, and the others' conversation stays."""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from backend.accounts.actions import register_teacher
from backend.accounts.models import Person, PersonState, SignInAttempt
from backend.accounts.registration import banned_login
from backend.accounts.sign_in import LoginBackend
from backend.eventlog.models import Event, Receipt
from backend.privacy.actions import erase_account, erase_person
from backend.projects.actions.partners import invite_partner
from backend.projects.models import ProjectMember, ProjectMemberState
from backend.workspaces.actions.discussions import add_post
from tests.backend.privacy.everything import MARK, Everything, found_in_database, mark
from tests.factories.people import PASSWORD, central, officer, teacher
from tests.factories.projects import contacts, pupil, workspace
from tests.support.codes import fresh_code
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
LEAVES = {"password": PASSWORD, "confirms": True, "leaves_projects": True}


def stored_files() -> list[Path]:
    return [path for path in (settings.VAR / "files").rglob("*") if path.is_file()]


def test_nothing_of_the_person_is_left(  # type: ignore[no-untyped-def]
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks
) -> None:
    all_of = Everything()
    person, answer = all_of.founder, add_post(all_of.thread, actor=all_of.other, text="An answer")
    photo = all_of.photo()
    path = Path(photo.content.path)
    path.write_bytes(b"canaryphoto")
    marked, missing = mark(person)
    assert missing == set(), "Everything makes no row for these"
    assert len(marked) > 50
    person.refresh_from_db()
    assert found_in_database(MARK) != []
    person.set_password(PASSWORD)  # what is needed to ask for it
    person.save()
    TOTPDevice.objects.filter(user=person).update(key=random_hex())
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        erase_account(person, **LEAVES, code=fresh_code(person.login))
    assert found_in_database(MARK) == []
    assert MARK not in caplog.text
    assert [file for file in stored_files() if b"canary" in file.read_bytes() or MARK in file.name] == []
    assert not path.exists()
    answer.refresh_from_db()
    assert (answer.text, answer.author) == ("An answer", all_of.other)
    all_of.received.refresh_from_db()
    assert all_of.received.text == "From a friend"
    person.refresh_from_db()
    assert (str(person), person.state) == ("Removed member", PersonState.ERASED)
    assert Event.objects.filter(kind="account.erased").count() == 1
    assert LoginBackend().authenticate(None, login=person.login, password=PASSWORD) is None


def test_what_must_be_given() -> None:
    person = workspace().project.founders[0].person
    before = Person.objects.get(pk=person.pk)
    for code, given in (
        ("erasure_unconfirmed", {**LEAVES, "confirms": False}),
        ("password_wrong", {**LEAVES, "password": "wrong"}),
        ("projects_need_founder", {**LEAVES, "leaves_projects": False}),
    ):
        with refused(code):
            erase_account(person, **given)  # type: ignore[arg-type]
    assert Person.objects.get(pk=person.pk).__dict__.keys() == before.__dict__.keys()
    assert Person.objects.get(pk=person.pk).given_name == before.given_name
    with refused("not_permitted"):
        erase_account(officer("FR"), **LEAVES)


def test_a_founder_stays_in_name_only_and_a_partner_leaves() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    erase_account(founder, **LEAVES)
    room.project.refresh_from_db()
    assert next(str(m.person) for m in room.project.members.order_by("founder_position")) == "Removed member"
    assert room.project.state == "OPEN"
    assert room.memberships.present().count() == 1


def test_a_partner_leaves_the_project() -> None:
    room = workspace()
    founder, partner = room.project.founders[0].person, teacher("ES")
    contacts(founder, partner)
    member = invite_partner(room.project, actor=founder, person=partner)
    ProjectMember.objects.filter(pk=member.pk).update(state=ProjectMemberState.JOINED)
    erase_account(partner, password=PASSWORD, confirms=True)
    member.refresh_from_db()
    assert member.state == ProjectMemberState.LEFT


def test_who_may_erase_whom() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    child, ana = pupil(room, actor=founder), teacher("FR")
    for actor, person in (
        (officer("DE"), ana), (officer("FR", role="VIEWER"), ana), (teacher("FR"), ana), (officer("FR"), child),
        (teacher("FR"), child), (officer("FR"), officer("FR")), (ana, ana),
    ):  # fmt: skip
        with refused("not_permitted"):
            erase_person(person, actor=actor, reason="Asked by letter")
    with refused("reason_missing"):
        erase_person(ana, actor=officer("FR"), reason="")
    for actor, person in ((officer("FR"), ana), (founder, child), (central(), teacher("PL"))):
        erase_person(person, actor=actor, reason="Asked by letter")
        person.refresh_from_db()
        assert (person.state, str(person), person.state_reason) == ("ERASED", "Removed member", "Asked by letter")
        with refused("not_permitted"):
            erase_person(person, actor=actor, reason="Again")


def test_a_banned_address_stays_banned() -> None:
    person = teacher("FR", state=PersonState.BANNED, login="bad@example.org", email="bad@example.org")
    for owner in ("", str(person.pk)):
        answer = {"plain": {"type": "Registration", "values": {"email": "bad@example.org"}}}
        Receipt.objects.create(owner=owner, key="k", mutation="registerTeacher", input_digest="x", answer=answer)
    erase_person(person, actor=officer("FR"), reason="Asked by letter")
    person.refresh_from_db()
    assert person.login == banned_login("bad@example.org")
    assert found_in_database("bad@example.org") == []
    given = {
        "password": "a-quiet-harbour",
        "given_name": "Ann",
        "family_name": "Lee",
        "country": "FR",
        "consents": True,
    }
    assert register_teacher(email="Bad@example.org", **given) is None
    assert Person.objects.filter(email="bad@example.org").count() == 0
    assert register_teacher(email="good@example.org", **given) is not None
    assert SignInAttempt.objects.count() > 0
