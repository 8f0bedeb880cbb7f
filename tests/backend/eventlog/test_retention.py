"""Old entries go, the floor moves, nothing else changes; a broken stream is found."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from backend.core import clock
from backend.eventlog import retention
from backend.eventlog.models import Entry, Event, Stream
from backend.eventlog.reading import Gap, head_cursor, read_after
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Workspace
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Workspace:
    room = workspace()
    for n in range(9):
        post_update(room, actor=room.project.founders[0].person, text=f"News {n}")
    return room


def test_pruning_moves_the_floor(room: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "KEPT_AT_LEAST", 4)
    stream = Stream.objects.get(pk=room.pk)
    start = head_cursor(room.pk)
    assert retention.prune(stream) == 0
    old = list(Entry.objects.filter(stream=stream, seq__lte=5).values_list("event", flat=True))
    Event.objects.filter(pk__in=old).update(at=clock.now() - timedelta(days=91))
    assert retention.prune(stream) == 5
    stream.refresh_from_db()
    assert (stream.floor, stream.head, stream.entries.count()) == (5, 10, 5)
    assert retention.broken_streams() == []
    assert read_after(type(start)(room.pk, start.epoch, 4)).gap == Gap.TOO_OLD
    assert Event.objects.filter(pk__in=old).count() == 5  # the audit trail keeps them


def test_a_new_epoch_makes_every_cursor_start_afresh(room: Workspace) -> None:
    before = head_cursor(room.pk)
    call_command("new_epoch")
    assert read_after(before).gap == Gap.NEW_EPOCH


def test_a_missing_entry_is_found(room: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_streams")
    assert "no gaps" in capsys.readouterr().out
    Entry.objects.get(stream=room.pk, seq=5).delete()
    with pytest.raises(CommandError):
        call_command("check_streams")
    assert f"{room.pk}: 9 entries 1…10, expected 10 from 1 to 10" in capsys.readouterr().err
