"""Writing to each other."""

import pytest
from django.db import IntegrityError, transaction

from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.partners.actions import (
    close_announcement,
    mark_conversation_read,
    messages,
    post_announcement,
    send_message,
)
from backend.partners.models import Conversation, Message
from backend.projects.actions.conversation import send_project_message
from backend.projects.actions.drafting import withdraw_project
from backend.projects.actions.partners import answer_invitation, invite_partner
from tests.factories.people import newcomer, officer, teacher
from tests.factories.projects import contacts, project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_contacts_write_to_each_other() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    first = send_message(other, actor=one, text=" Hello \n there ")
    second = send_message(one, actor=other, text="Yes?")
    assert (first.text, first.conversation) == ("Hello \n there", second.conversation)
    told = Notification.objects.filter(event__kind="message.sent").order_by("event")
    assert [entry.recipient for entry in told] == [other, one]
    assert not Event.objects.filter(kind="message.sent", countries__isnull=False).exists()
    assert list(Message.objects.visible_to(teacher("FR"))) == list(Message.objects.visible_to(officer("FR"))) == []


def test_strangers_only_answer_announcements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "REPLIES_A_DAY", 2)
    author, stranger = teacher("FR"), teacher("PL")
    about = post_announcement(actor=author, title="Rivers", text="Who?")
    with refused("message_to_stranger"):
        send_message(author, actor=stranger, text="Buy this")
    sent = send_message(author, actor=stranger, text="We!", announcement=about)
    assert sent.announcement == about
    assert send_message(stranger, actor=author, text="Good!").conversation == sent.conversation
    send_message(author, actor=stranger, text="They are no strangers now.")
    other = post_announcement(actor=teacher("IT"), title="Songs", text="Who?")
    send_message(other.author, actor=stranger, text="We!", announcement=other)
    with refused("announcement_replies_today"):
        send_message(other.author, actor=stranger, text="Really, we!", announcement=other)
    close_announcement(other, actor=other.author)
    other.refresh_from_db()
    with refused("message_to_stranger"):
        send_message(other.author, actor=teacher("DE"), text="Late", announcement=other)
    assert Message.objects.count() == 4


def test_who_cannot_write() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    with refused("person_not_validated"):
        send_message(other, actor=newcomer(), text="Hello")
    for actor, person in ((one, one), (one, officer("FR")), (one, newcomer())):
        with refused("not_permitted"):
            send_message(person, actor=actor, text="Hello")
    with refused("required"):
        send_message(other, actor=one, text=" ")
    with refused("too_long"):
        send_message(other, actor=one, text="x" * 10_001)
    assert (Message.objects.count(), Conversation.objects.count()) == (0, 0)


def test_the_members_of_a_project() -> None:
    found = project("OPEN")
    one, other = (member.person for member in found.founders)
    guest = teacher("ES")
    contacts(one, guest)
    invited = invite_partner(found, actor=one, person=guest)
    with refused("not_permitted"):
        send_project_message(found, actor=guest, text="Am I in?")
    answer_invitation(invited, actor=guest, accepts=True)
    message = send_project_message(found, actor=guest, text="I am in.")
    told = Notification.objects.filter(event__kind="message.sent")
    assert {entry.recipient for entry in told} == {one, other}
    assert Message.objects.visible_to(other).get() == message
    assert not Message.objects.visible_to(teacher("FR")).exists()


def test_a_withdrawn_project_is_silent() -> None:
    found = project("DRAFT")
    one = found.founders[0].person
    send_project_message(found, actor=one, text="Shall we?")
    withdraw_project(found, actor=one)
    with refused("project_ended"):
        send_project_message(found, actor=one, text="Still?")


def test_reading_a_conversation() -> None:
    one, other = teacher("FR"), teacher("PL")
    contacts(one, other)
    conversation = send_message(other, actor=one, text="Hello").conversation
    with refused("not_permitted"):
        mark_conversation_read(conversation, actor=teacher("DE"))
    mark_conversation_read(conversation, actor=other)
    assert not Notification.objects.filter(event__kind="message.sent", read_at=None).exists()
    assert conversation.readings.get(person=other).read_at > conversation.messages.get().created_at


def test_the_database_keeps_one_conversation_for_two_people() -> None:
    one, other = sorted((teacher("FR"), teacher("PL")), key=lambda person: person.pk)
    Conversation.objects.create(one=one, other=other)
    for values in ({"one": one, "other": other}, {"one": other, "other": one}, {"one": one, "other": one}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversation.objects.create(**values)
