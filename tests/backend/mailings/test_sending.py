"""Sending, cancelling, delivering in batches, and letters that come back."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.models import Event
from backend.mailings import delivery
from backend.mailings.actions.consent import stop_mailings
from backend.mailings.actions.sending import A_WEEK, cancel_mailing, record_bounces, send_mailing
from backend.mailings.delivery import send_messages
from backend.mailings.links import stop_token
from backend.mailings.models import LetterState, Mailing, MailingLetter, MailingState, counts_of
from backend.mailings.search import audience
from backend.notifications.models import Notification
from tests.factories.mailings import draft, reader
from tests.factories.people import central, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
BACKEND = "tests.backend.mailings.test_sending"


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    settings.MAILING_DELAY = 10


class Picky(EmailBackend):
    """A mail server that refuses one address and answers nothing about another."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to[0].startswith("gone"):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user")})
            if message.to[0].startswith("later"):
                raise ConnectionRefusedError
        return super().send_messages(messages)


def test_everybody_finds_it_in_the_inbox_and_gets_one_letter_in_the_own_language(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "BATCH", 2)
    desk = officer("FR")
    people = [reader(), reader(language="fr"), reader(language="pl")]
    teacher("FR")
    mailing = draft(desk)
    with time_machine.travel("2026-05-04T08:00:00Z", tick=False) as hour:
        send_mailing(mailing, actor=desk)
        assert send_messages() == 0
        assert not mailoutbox
        hour.shift(timedelta(minutes=10))
        assert send_messages() == 3
        assert send_messages() == 0
    mailing = Mailing.objects.get(pk=mailing.pk)
    assert (mailing.state, counts_of(mailing)) == (
        MailingState.SENT, {"WAITING": 0, "TOLD": 0, "SENT": 3, "BOUNCED": 0},
    )  # fmt: skip
    assert {(letter.to[0], letter.subject) for letter in mailoutbox} == {
        (people[0].email, "Seminar in May"),
        (people[1].email, "Séminaire en mai"),
        (people[2].email, "Seminar in May"),
    }
    body = str(mailoutbox[0].body)
    assert "Come to Lyon.\n\nThere is room for twenty." in body
    assert "National support organisation, France" in body
    assert "/stop-messages/?token=" in mailoutbox[0].extra_headers["List-Unsubscribe"]
    for person in people:
        entry = Notification.objects.get(recipient=person)
        assert (entry.event.kind, entry.event.actor, entry.event.subject_id) == ("mailing.arrived", desk, mailing.pk)
    assert Event.objects.filter(kind="mailing.finished").count() == 1


def test_who_comes_later_does_not_get_it() -> None:
    desk = officer("FR")
    reader()
    mailing = send_mailing(draft(desk), actor=desk)
    late = clock.now() + timedelta(minutes=11)
    with time_machine.travel(late):
        assert send_messages() == 1
        reader()
        assert send_messages() == 0
    assert mailing.letters.count() == 1


def test_within_ten_minutes_it_can_be_cancelled(mailoutbox: list[EmailMessage]) -> None:
    desk = officer("FR")
    reader()
    mailing = send_mailing(draft(desk), actor=desk)
    assert mailing.send_at is not None
    assert timedelta(minutes=9) < mailing.send_at - clock.now() <= timedelta(minutes=10)
    with refused("not_permitted"):
        cancel_mailing(mailing, actor=officer("DE"))
    assert cancel_mailing(mailing, actor=officer("FR")).state == MailingState.CANCELLED
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert send_messages() == 0
    with refused("mailing_not_scheduled"):
        cancel_mailing(mailing, actor=desk)
    assert not mailoutbox


def test_what_has_left_cannot_be_cancelled() -> None:
    desk = officer("FR")
    reader()
    mailing = send_mailing(draft(desk), actor=desk)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        send_messages()
        with refused("mailing_not_scheduled"):
            cancel_mailing(mailing, actor=desk)


def test_an_hour_ahead() -> None:
    desk = officer("FR")
    reader()
    mailing = draft(desk)
    for at in (clock.now() - timedelta(minutes=1), clock.now() + timedelta(days=91)):
        with refused("mailing_hour"):
            send_mailing(mailing, actor=desk, at=at)
    at = clock.now() + timedelta(days=3)
    assert send_mailing(mailing, actor=desk, at=at).send_at == at
    assert send_messages() == 0


def test_nobody_to_write_to_and_too_many_in_a_week() -> None:
    desk = officer("FR")
    mailing = draft(desk)
    with refused("mailing_reaches_nobody"):
        send_mailing(mailing, actor=desk)
    reader()
    for _ in range(A_WEEK):
        send_mailing(draft(desk), actor=desk)
    with refused("mailings_a_week"):
        send_mailing(mailing, actor=desk)
    assert send_mailing(draft(desk), actor=desk, at=clock.now() + timedelta(days=20)).state == MailingState.SCHEDULED
    german = officer("DE")
    reader("DE")
    assert send_mailing(draft(german), actor=german).state == MailingState.SCHEDULED


def test_a_sent_message_is_not_sent_again_nor_edited() -> None:
    desk = officer("FR")
    reader()
    mailing = send_mailing(draft(desk), actor=desk)
    with refused("mailing_not_draft"):
        send_mailing(mailing, actor=desk)


def test_a_mail_server_that_refuses_and_one_that_is_away(settings: Any, mailoutbox: list[EmailMessage]) -> None:
    settings.EMAIL_BACKEND = f"{BACKEND}.Picky"
    desk = officer("FR")
    gone, fine, later = (reader(email=f"{name}@example.org") for name in ("gone", "fine", "later"))
    mailing = send_mailing(draft(desk), actor=desk)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert send_messages() == 1
        assert {one.person: one.state for one in mailing.letters.all()} == {
            gone: LetterState.BOUNCED, fine: LetterState.SENT, later: LetterState.TOLD,
        }  # fmt: skip
        assert Mailing.objects.get(pk=mailing.pk).state == MailingState.SENDING
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_messages() == 1
    assert Mailing.objects.get(pk=mailing.pk).state == MailingState.SENT
    assert [letter.to[0] for letter in mail.outbox] == ["fine@example.org", "later@example.org"]
    assert Notification.objects.filter(recipient=later).count() == 1
    assert set(audience(desk.officer.agency, {})) == {fine, later}


def test_letters_that_came_back_later() -> None:
    desk, (one, other) = officer("FR"), (reader(email="One@example.org"), reader())
    mailing = send_mailing(draft(desk), actor=desk)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        send_messages()
    with refused("not_permitted"):
        record_bounces(mailing, actor=central(), addresses=["one@example.org"])
    with refused("too_many_at_once"):
        record_bounces(mailing, actor=desk, addresses=["a@example.org"] * 251)
    record_bounces(mailing, actor=desk, addresses=[" ONE@example.org", "stranger@example.org"])
    assert counts_of(mailing)["BOUNCED"] == 1
    assert MailingLetter.objects.get(state=LetterState.BOUNCED).person == one
    assert Event.objects.filter(kind="mailing.bounced").count() == 1
    assert other in set(audience(desk.officer.agency, {}))


def test_the_link_of_a_letter_ends_the_messages() -> None:
    person, desk = reader(), officer("FR")
    assert audience(desk.officer.agency, {}).count() == 1
    stop_mailings(stop_token(person))
    stop_mailings(stop_token(person))
    assert audience(desk.officer.agency, {}).count() == 0
    with refused("link_invalid"):
        stop_mailings("forged")


def test_who_reads_what() -> None:
    desk, person = officer("FR"), reader()
    stranger = reader(role="LIBRARIAN")
    mailing = send_mailing(draft(desk, role="TEACHER"), actor=desk)
    assert not Mailing.objects.visible_to(person).exists()
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        send_messages()
    assert list(Mailing.objects.visible_to(person)) == [mailing]
    assert list(Mailing.objects.received_by(person)) == [mailing]
    for who in (stranger, officer("DE"), officer("FR", role="DELEGATE"), None):
        assert not Mailing.objects.visible_to(who).exists()
    for who in (officer("FR", role="VIEWER"), central()):
        assert list(Mailing.objects.visible_to(who)) == [mailing]
        assert not Mailing.objects.received_by(who).exists()


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_messages")
    assert capsys.readouterr().out == "0 letters.\n"


def test_who_left_meanwhile_gets_no_letter(mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch) -> None:
    desk, person = officer("FR"), reader()
    mailing = send_mailing(draft(desk), actor=desk)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        delivery._begin(mailing.pk)
        Person.objects.filter(pk=person.pk).update(state="REVOKED")
        assert send_messages() == 0
    assert not mailoutbox
    assert not mailing.letters.exists()
