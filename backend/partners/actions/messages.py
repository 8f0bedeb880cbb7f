"""Messages: to one person, or among the members of a project."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.notifications.models import Notification
from backend.partners.events import MessageSent
from backend.partners.models import Announcement, Conversation, Message, Reading, are_contacts, is_blocked
from backend.partners.permissions import can_send_message

REPLIES_A_DAY = 30


@transaction.atomic
def send_message(person: Person, *, actor: Person, text: str, announcement: Announcement | None = None) -> Message:
    """Write to a contact, to whoever has written before, or to a stranger about their announcement."""
    actor = Person.objects.lock(actor)
    allow(actor.is_validated_staff, "person_not_validated")
    allow(can_send_message(actor, person))
    ensure(not actor.blocks.filter(blocked=person).exists(), "person_blocked", field="to")
    ensure(not is_blocked(actor, person), "message_not_possible", field="to")
    conversation = _conversation_of(actor, person)
    if not are_contacts(actor, person) and not conversation.messages.filter(author=person).exists():
        _check_stranger(actor, announcement)
    return add_message(conversation, actor=actor, text=text, readers=[person], announcement=announcement)


def add_message(
    conversation: Conversation,
    *,
    actor: Person,
    text: str,
    readers: Iterable[Person],
    announcement: Announcement | None = None,
) -> Message:
    """The part that is the same for two people and for a project; part of the caller's transaction."""
    text = tidy_lines(text)
    fields.require(text=text)
    fields.limit(fields.TEXT_LIMIT, text=text)
    message = Message.objects.create(conversation=conversation, author=actor, text=text, announcement=announcement)
    change(conversation, last_at=message.created_at)
    _note_reading(conversation, actor)
    told = tuple(person.pk for person in readers if person.pk != actor.pk)
    record(MessageSent(message, told), actor=actor)
    return message


@transaction.atomic
def mark_conversation_read(conversation: Conversation, *, actor: Person) -> Conversation:
    """The actor has read all of it; the inbox no longer speaks of it."""
    conversation = Conversation.objects.lock(conversation)
    allow(Conversation.objects.visible_to(actor).filter(pk=conversation.pk).exists())
    _note_reading(conversation, actor)
    about = Notification.objects.visible_to(actor).filter(read_at=None, event__kind=MessageSent.kind)
    about.filter(event__subject_id__in=conversation.messages.values("pk")).update(read_at=clock.now())
    return conversation


def _conversation_of(one: Person, other: Person) -> Conversation:
    first, second = sorted((one, other), key=lambda person: person.pk)
    conversation, is_new = Conversation.objects.get_or_create(one=first, other=second)
    if is_new:
        conversation.people.set([first, second])
    return Conversation.objects.lock(conversation)


def _check_stranger(actor: Person, announcement: Announcement | None) -> None:
    """No mass mail: strangers are written to only about what they announced, and not without end."""
    ensure(announcement is not None and announcement.is_open, "message_to_stranger", field="to")
    today = Message.objects.filter(author=actor, created_at__gt=clock.now() - timedelta(days=1))
    replies = today.filter(announcement__isnull=False).count()
    ensure(replies < REPLIES_A_DAY, "announcement_replies_today", limit=REPLIES_A_DAY)


def _note_reading(conversation: Conversation, person: Person) -> None:
    Reading.objects.update_or_create(conversation=conversation, person=person, defaults={"read_at": clock.now()})
