"""Letters about what is new in the inbox."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from backend.accounts.digests import send_digests
from backend.accounts.models import Person, PersonState
from backend.core import clock
from backend.notifications.actions import mark_notifications_read, set_digest
from backend.notifications.models import Digest, Notification
from backend.partners.actions import request_contact
from tests.factories.people import teacher
from tests.factories.projects import pupil, workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def asked(language: str = "en", times: int = 1) -> Person:
    person = teacher("FR", language=language)
    for _ in range(times):
        request_contact(person, actor=teacher("PL", given_name="Jan", family_name="Nowak"))
    return person


def test_a_letter_in_english_and_in_french() -> None:
    english, french = asked(times=2), asked("fr")
    call_command("send_digests")
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {english.email, french.email}
    letter = letters[english.email]
    assert letter.subject == "New in your eTwinning inbox: 2"
    assert str(letter.body).count("Jan Nowak would like to get in contact.") == 2
    html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]
    assert "<p>Jan Nowak would like to get in contact.</p>" in html
    assert letters[french.email].subject == "Du nouveau dans votre boîte eTwinning : 1"
    assert "Jan Nowak souhaite entrer en contact." in str(letters[french.email].body)
    assert "Plus de courriels" in str(letters[french.email].body)


def test_nothing_is_told_twice() -> None:
    person = asked()
    assert (send_digests(), send_digests()) == (1, 0)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert send_digests() == 0
        request_contact(person, actor=teacher("DE"))
        assert send_digests() == 1
    assert [letter.subject[-1] for letter in mail.outbox] == ["1", "1"]


def test_what_was_read_is_not_told() -> None:
    person = asked()
    mark_notifications_read([entry.pk for entry in Notification.objects.all()], actor=person)
    assert send_digests() == 0


def test_as_often_as_one_likes() -> None:
    person = asked()
    set_digest(actor=person, frequency="NEVER")
    assert send_digests() == 0
    set_digest(actor=person, frequency="WEEKLY")
    assert send_digests() == 1
    for days, sent in ((1, 0), (7, 1)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            request_contact(person, actor=teacher("DE"))
            assert send_digests() == sent
    with refused("code_unknown"):
        set_digest(actor=person, frequency="HOURLY")


def test_who_gets_none() -> None:
    locked = asked()
    event = Notification.objects.get().event
    Person.objects.filter(pk=locked.pk).update(state=PersonState.SUSPENDED)
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    Notification.objects.exclude(recipient=locked).delete()
    Notification.objects.create(recipient=child, event=event)
    assert send_digests() == 0
    assert mail.outbox == []


def test_long_lists_are_cut() -> None:
    asked(times=1)
    person = Person.objects.get(notifications__isnull=False)
    event = Notification.objects.get().event
    for _ in range(31):
        copy = type(event).objects.create(
            kind=event.kind, actor=event.actor, subject_type=event.subject_type, subject_id=event.subject_id
        )
        Notification.objects.create(recipient=person, event=copy)
    assert send_digests() == 1
    body = str(mail.outbox[-1].body)
    assert (body.count("would like"), "And 2 more." in body) == (30, True)


def test_one_click_ends_the_letters() -> None:
    person = asked()
    send_digests()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://[^/]+(/unsubscribe/\?token=\S+)>", headers["List-Unsubscribe"])
    assert address
    client = Client(enforce_csrf_checks=True)
    assert client.get(address[1]).status_code == 200
    assert Digest.objects.get(recipient=person).frequency == "DAILY"
    assert client.post(address[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Digest.objects.get(recipient=person).frequency == "NEVER"
    assert client.post("/unsubscribe/?token=nonsense").status_code == 400
