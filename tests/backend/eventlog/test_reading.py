"""Continuing a stream: all that came after, in order, or an explicit gap."""

from uuid import uuid4

import pytest

from backend.eventlog.cursors import START, BadCursor, Cursor, parse_cursor
from backend.eventlog.models import Stream
from backend.eventlog.reading import Gap, head_cursor, read_after
from backend.workspaces.actions.updates import post_update
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


def test_a_cursor_survives_the_journey_and_nothing_else_does() -> None:
    cursor = Cursor(uuid4(), uuid4(), 7)
    assert parse_cursor(str(cursor), stream=cursor.stream) == cursor
    for wrong in ("", "x", str(cursor) + "x", str(cursor).upper(), str(Cursor(uuid4(), cursor.epoch, 7))):
        with pytest.raises(BadCursor):
            parse_cursor(wrong, stream=cursor.stream)


def test_pages_follow_each_other() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    start = head_cursor(room.pk)
    for n in range(5):
        post_update(room, actor=founder, text=f"News {n}")
    first = read_after(start, limit=3)
    second = read_after(first.cursor, limit=3)
    assert [e.seq - start.seq for e in (*first.entries, *second.entries)] == [1, 2, 3, 4, 5]
    assert {e.event.kind for e in first.entries} == {"workspace.update_posted"}
    assert read_after(second.cursor).entries == []
    assert second.cursor == head_cursor(room.pk)


def test_gaps_are_said() -> None:
    room = workspace()
    for n in range(3):
        post_update(room, actor=room.project.founders[0].person, text=f"News {n}")
    here = head_cursor(room.pk)
    assert read_after(Cursor(room.pk, here.epoch, here.seq + 1)).gap == Gap.AHEAD
    assert read_after(Cursor(room.pk, uuid4(), here.seq)).gap == Gap.NEW_EPOCH
    Stream.objects.filter(pk=room.pk).update(floor=2)
    old = read_after(Cursor(room.pk, here.epoch, 1))
    assert (old.gap, old.entries, old.cursor) == (Gap.TOO_OLD, [], here)
    assert read_after(Cursor(room.pk, here.epoch, 2)).gap is None


def test_an_empty_stream_starts_at_nothing() -> None:
    cursor = head_cursor(uuid4())
    assert (cursor.epoch, cursor.seq) == (START, 0)
    assert read_after(cursor).entries == []
