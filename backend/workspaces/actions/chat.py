"""Chat rooms: teachers at any time, pupils while a teacher is on duty."""

from datetime import time, timedelta
from typing import Any

from django.db import transaction

from backend.accounts.models import Person, PersonState
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import (
    ChatDutyEnded,
    ChatDutyStarted,
    ChatMessageRemoved,
    ChatMessageSent,
    ChatRoomClosed,
    ChatRoomEdited,
    ChatRoomOpened,
    ChatRoomRemoved,
    ChatRoomReopened,
)
from backend.workspaces.models import Audience, ChatMessage, ChatRoom, Workspace
from backend.workspaces.permissions import (
    can_be_on_duty,
    can_chat,
    can_close_chat_room,
    can_open_chat_room,
    can_remove,
    can_remove_chat_room,
    needs_supervision,
    sees,
)
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of, title_of

LONGEST_DUTY = 240  # minutes
MESSAGE_LIMIT = 2_000


@transaction.atomic
def open_chat_room(workspace: Workspace, *, actor: Person, title: str, audience: str = Audience.MEMBERS) -> ChatRoom:
    """Every teacher may; pupils write in it while a teacher is on duty."""
    me = enter(workspace, actor)
    allow(can_open_chat_room(me))
    ensure_open(workspace)
    room = ChatRoom.objects.create(
        workspace=workspace, author=actor, title=title_of(title), audience=check_audience(me, audience)
    )
    record(ChatRoomOpened(room), actor=actor)
    return room


@transaction.atomic
def edit_chat_room(room: ChatRoom, *, actor: Person, title: str | None = None, **hours: Any) -> ChatRoom:
    """Another title; hours in which pupils may write: opens_at, closes_at (none for any time), time_zone."""
    room = ChatRoom.objects.lock(room)
    me = enter(room.workspace, actor)
    allow(can_open_chat_room(me) and sees(me, room))
    ensure_open(room.workspace)
    ensure_there(room)
    opens, closes = (hours.get(name, getattr(room, name)) for name in ("opens_at", "closes_at"))
    _check_hours(opens, closes)
    if "time_zone" in hours:
        fields.check_time_zone(hours["time_zone"])
    if change(room, title=room.title if title is None else title_of(title), **hours):
        record(ChatRoomEdited(room), actor=actor)
    return room


@transaction.atomic
def close_chat_room(room: ChatRoom, *, actor: Person, is_closed: bool = True) -> ChatRoom:
    """Everybody reads it and nobody writes there any more; or again."""
    room = ChatRoom.objects.lock(room)
    allow(can_close_chat_room(enter(room.workspace, actor), room))
    ensure_open(room.workspace)
    ensure_there(room)
    if is_closed != (room.closed_at is not None):
        change(room, closed_at=clock.now() if is_closed else None, on_duty=None, duty_ends_at=None)
        record(ChatRoomClosed(room) if is_closed else ChatRoomReopened(room), actor=actor)
    return room


@transaction.atomic
def remove_chat_room(room: ChatRoom, *, actor: Person) -> ChatRoom:
    """It goes with all that was said there; tombstones stay."""
    room = ChatRoom.objects.lock(room)
    allow(can_remove_chat_room(enter(room.workspace, actor), room))
    ensure_open(room.workspace)
    ensure_there(room)
    change(room, on_duty=None, duty_ends_at=None)
    room.messages.filter(removed_at=None).update(removed_at=clock.now(), removed_by=actor)
    record(ChatRoomRemoved(take_away(room, actor)), actor=actor)
    return room


@transaction.atomic
def start_chat_duty(room: ChatRoom, *, actor: Person, minutes: int) -> ChatRoom:
    """From now on, for so many minutes, the actor watches the room; takes over from whoever did."""
    room = ChatRoom.objects.lock(room)
    allow(can_be_on_duty(enter(room.workspace, actor)))
    ensure_open(room.workspace)
    _ensure_not_closed(room)
    ensure(0 < minutes <= LONGEST_DUTY, "duty_too_long", field="minutes", limit=LONGEST_DUTY)
    change(room, on_duty=actor, duty_ends_at=clock.now() + timedelta(minutes=minutes))
    record(ChatDutyStarted(room), actor=actor)
    return room


@transaction.atomic
def end_chat_duty(room: ChatRoom, *, actor: Person) -> ChatRoom:
    """Any teacher ends it: pupils can read, not write, from now on."""
    room = ChatRoom.objects.lock(room)
    allow(can_be_on_duty(enter(room.workspace, actor)))
    ensure_open(room.workspace)
    if room.on_duty_id:
        change(room, on_duty=None, duty_ends_at=None)
        record(ChatDutyEnded(room), actor=actor)
    return room


@transaction.atomic
def send_chat_message(room: ChatRoom, *, actor: Person, text: str) -> ChatMessage:
    """Say something; pupils only while somebody is on duty."""
    workspace, room = room.workspace, ChatRoom.objects.lock(room)
    me = enter(workspace, actor)
    allow(can_chat(me, room))
    ensure_open(workspace)
    _ensure_not_closed(room)
    ensure(room.is_in_hours or not needs_supervision(me), "chat_out_of_hours")
    ensure(not needs_supervision(me) or _is_watched(room), "chat_not_supervised")
    text = text_of(text=text, needed=True, limit=MESSAGE_LIMIT)
    message = ChatMessage.objects.create(
        workspace=workspace, author=actor, room=room, text=text, audience=room.audience
    )
    record(ChatMessageSent(message), actor=actor)
    return message


@transaction.atomic
def remove_chat_message(message: ChatMessage, *, actor: Person) -> ChatMessage:
    """The author or a teacher."""
    message = ChatMessage.objects.lock(message)
    allow(can_remove(enter(message.workspace, actor), message))
    ensure_open(message.workspace)
    ensure_there(message)
    record(ChatMessageRemoved(take_away(message, actor)), actor=actor)
    return message


def _is_watched(room: ChatRoom) -> bool:
    """Whether the teacher on duty is still one of the workspace: who left or was locked out watches nobody."""
    teachers = room.workspace.memberships.teachers().filter(person__state=PersonState.VALIDATED)
    return room.is_supervised and teachers.filter(person=room.on_duty_id).exists()


def _ensure_not_closed(room: ChatRoom) -> None:
    ensure_there(room)
    ensure(room.closed_at is None, "chat_room_closed")


def _check_hours(opens: time | None, closes: time | None) -> None:
    """Both or none, and on one day."""
    ensure((opens is None) == (closes is None), "required", field="closes_at" if opens else "opens_at")
    ensure(opens is None or closes is None or opens < closes, "dates_reversed", field="closes_at")
