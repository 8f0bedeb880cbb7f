"""Chat: pupils write while a teacher is on duty, and not a second longer."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from backend.agencies.actions import revoke_teacher
from backend.core import clock
from backend.core.models import change
from backend.eventlog.models import Event
from backend.privacy.actions import erase_person
from backend.projects.actions.partners import answer_invitation, leave_project
from backend.workspaces.actions import chat
from backend.workspaces.models import ChatMessage
from backend.workspaces.output.chat_log import export_chat_log
from tests.backend.races import overtaken
from tests.factories.moderation import sanction
from tests.factories.people import officer, teacher
from tests.factories.scene import Scene
from tests.support.refusals import refused


def test_pupils_write_while_somebody_is_on_duty(scene: Scene) -> None:
    pupil, now = scene.pupil.person, clock.now()
    with time_machine.travel(now, tick=False) as time:
        with refused("chat_not_supervised"):
            chat.send_chat_message(scene.chat, actor=pupil, text="Hello")
        room = chat.start_chat_duty(scene.chat, actor=scene.other, minutes=30)
        assert chat.send_chat_message(room, actor=pupil, text="Hello").text == "Hello"
        time.shift(timedelta(minutes=29, seconds=59))
        chat.send_chat_message(room, actor=pupil, text="Still here")
        time.shift(timedelta(seconds=1))
        with refused("chat_not_supervised"):
            chat.send_chat_message(room, actor=pupil, text="Too late")
        chat.send_chat_message(room, actor=scene.founder, text="Teachers may")
    assert ChatMessage.objects.filter(author=pupil).count() == 2


def test_duty_ends_when_a_teacher_says_so(scene: Scene) -> None:
    chat.start_chat_duty(scene.chat, actor=scene.other, minutes=240)
    room = chat.end_chat_duty(scene.chat, actor=scene.founder)
    assert not room.is_supervised
    for minutes in (0, 241):
        with refused("duty_too_long"):
            chat.start_chat_duty(room, actor=scene.other, minutes=minutes)
    with refused("not_permitted"):
        chat.start_chat_duty(room, actor=scene.helper.person, minutes=10)


def leave(scene: Scene) -> None:
    leave_project(scene.room.project, actor=scene.guest)


def be_revoked(scene: Scene) -> None:
    revoke_teacher(scene.guest, actor=officer("ES"), reason="Moved")


def be_suspended(scene: Scene) -> None:
    sanction(scene.guest, by=officer("ES"))


def be_erased(scene: Scene) -> None:
    erase_person(scene.guest, actor=officer("ES"), reason="Asked for it")


@pytest.mark.parametrize("go", [leave, be_revoked, be_suspended, be_erased])
def test_duty_ends_with_who_is_gone(scene: Scene, go: Callable[[Scene], None]) -> None:
    answer_invitation(scene.invitation, actor=scene.guest, accepts=True)
    room = chat.start_chat_duty(scene.chat, actor=scene.guest, minutes=240)
    chat.send_chat_message(room, actor=scene.pupil.person, text="Hello")
    go(scene)
    room.refresh_from_db()
    assert (room.on_duty, room.duty_ends_at, room.is_supervised) == (None, None, False)
    assert Event.objects.filter(kind="workspace.chat_duty_ended", subject_id=room.pk).count() == 1
    with refused("chat_not_supervised"):
        chat.send_chat_message(room, actor=scene.pupil.person, text="Anybody?")


def test_duty_is_not_believed_of_who_cannot_sign_in(scene: Scene) -> None:
    room = chat.start_chat_duty(scene.chat, actor=scene.other, minutes=240)
    change(scene.other, state="REVOKED")
    with refused("chat_not_supervised"):
        chat.send_chat_message(room, actor=scene.pupil.person, text="Anybody?")


def test_the_staff_room_has_a_chat_of_its_own(scene: Scene) -> None:
    room = chat.open_chat_room(scene.room, actor=scene.founder, title="Teachers", audience="STAFF")
    message = chat.send_chat_message(room, actor=scene.other, text="About marks")
    assert not ChatMessage.objects.visible_to(scene.pupil.person).filter(pk=message.pk).exists()
    with refused("not_permitted"):
        chat.send_chat_message(room, actor=scene.helper.person, text="Me?")
    with refused("not_permitted"):
        chat.send_chat_message(scene.chat, actor=teacher("FR"), text="Me?")
    with refused("too_long"):
        chat.send_chat_message(scene.chat, actor=scene.founder, text="x" * 2001)
    chat.remove_chat_message(message, actor=scene.founder)
    with refused("removed"):
        chat.remove_chat_message(message, actor=scene.founder)


@pytest.mark.parametrize(
    ("hour", "minute", "code"), [(7, 59, "chat_out_of_hours"), (8, 0, ""), (15, 59, ""), (16, 0, "chat_out_of_hours")]
)
def test_a_room_keeps_its_hours_by_its_own_clocks(scene: Scene, hour: int, minute: int, code: str) -> None:
    room = chat.edit_chat_room(
        scene.chat, actor=scene.founder, opens_at=time(8), closes_at=time(16), time_zone="Europe/Warsaw"
    )
    day = clock.now() + timedelta(days=1)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Warsaw"))
    with time_machine.travel(moment, tick=False):
        room = chat.start_chat_duty(room, actor=scene.other, minutes=30)
        if code:
            with refused(code):
                chat.send_chat_message(room, actor=scene.pupil.person, text="Hello")
        else:
            chat.send_chat_message(room, actor=scene.pupil.person, text="Hello")
        chat.send_chat_message(room, actor=scene.founder, text="Teachers may")


def test_hours_are_both_or_none(scene: Scene) -> None:
    with refused("required"):
        chat.edit_chat_room(scene.chat, actor=scene.founder, opens_at=time(8))
    with refused("dates_reversed"):
        chat.edit_chat_room(scene.chat, actor=scene.founder, opens_at=time(8), closes_at=time(8))
    with refused("time_zone_unknown"):
        chat.edit_chat_room(scene.chat, actor=scene.founder, time_zone="Mars/Olympus")
    with refused("not_permitted"):
        chat.edit_chat_room(scene.chat, actor=scene.helper.person, title="Mine")
    room = chat.edit_chat_room(scene.chat, actor=scene.other, title="Tuesdays", opens_at=time(8), closes_at=time(9))
    room = chat.edit_chat_room(room, actor=scene.other, opens_at=None, closes_at=None)
    assert (room.title, room.is_in_hours) == ("Tuesdays", True)


def test_the_log_is_for_teachers(scene: Scene) -> None:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(start, tick=False) as moment:
        room = chat.open_chat_room(scene.room, actor=scene.founder, title="Log")
        chat.send_chat_message(room, actor=scene.founder, text="=1+1")
        moment.shift(timedelta(minutes=1))
        gone = chat.send_chat_message(room, actor=scene.other, text="Oh, no")
        chat.remove_chat_message(gone, actor=scene.other)
    one, two = scene.founder, scene.other
    lines = ["at,author,text", f"2026-03-02T10:00:00+01:00,{one},'=1+1", f"2026-03-02T10:01:00+01:00,{two},", ""]
    assert export_chat_log(room, actor=one).split("\r\n") == lines
    assert export_chat_log(room, actor=one, since=start + timedelta(seconds=1)).count("\n") == 2
    assert export_chat_log(room, actor=one, until=start).count("\n") == 1
    with refused("not_permitted"):
        export_chat_log(room, actor=scene.helper.person)


def test_a_closed_room_is_read_only(scene: Scene) -> None:
    room = chat.start_chat_duty(scene.chat, actor=scene.founder, minutes=5)
    room = chat.close_chat_room(room, actor=scene.other)
    assert (room.closed_at is not None, room.is_supervised) == (True, False)
    for refused_now in (
        lambda: chat.send_chat_message(room, actor=scene.founder, text="Still?"),
        lambda: chat.start_chat_duty(room, actor=scene.founder, minutes=5),
    ):
        with refused("chat_room_closed"):
            refused_now()
    room = chat.close_chat_room(room, actor=scene.founder, is_closed=False)
    assert chat.send_chat_message(room, actor=scene.founder, text="Again").text == "Again"


def test_a_room_goes_with_what_was_said_there(scene: Scene) -> None:
    with refused("not_permitted"):
        chat.remove_chat_room(scene.chat, actor=scene.pupil.person)
    room = chat.remove_chat_room(scene.chat, actor=scene.other)
    scene.message.refresh_from_db()
    assert (room.is_removed, scene.message.is_removed, scene.message.removed_by) == (True, True, scene.other)
    for refused_now in (
        lambda: chat.edit_chat_room(room, actor=scene.founder, title="New"),
        lambda: chat.close_chat_room(room, actor=scene.founder),
        lambda: chat.send_chat_message(room, actor=scene.founder, text="Still?"),
        lambda: chat.remove_chat_room(room, actor=scene.founder),
        lambda: export_chat_log(room, actor=scene.founder),
    ):
        with refused("removed"):
            refused_now()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_said_while_the_room_goes_goes_too(scene: Scene) -> None:
    overtaken(
        lambda: chat.send_chat_message(scene.chat, actor=scene.founder, text="Still?"),
        lambda: chat.remove_chat_room(scene.chat, actor=scene.other),
        before='INSERT INTO "workspaces_chatmessage"',
    )
    scene.chat.refresh_from_db()
    assert scene.chat.is_removed
    assert not ChatMessage.objects.filter(room=scene.chat, removed_at=None).exists()
