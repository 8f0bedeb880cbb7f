"""Chat: pupils write while a teacher is on duty, and not a second longer."""

from datetime import timedelta

import time_machine

from backend.core import clock
from backend.workspaces.actions import chat
from backend.workspaces.models import ChatMessage
from tests.factories.people import teacher
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
