"""The plan as a calendar file."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client
from icalendar import Calendar

from backend.accounts.models import Person
from backend.workspaces.actions import plan
from tests.factories.people import teacher
from tests.factories.scene import Scene
from tests.support.api import Api, gid

URL = "query($id: ID!) { workspace(id: $id) { calendarUrl } }"


def events(scene: Scene, reader: Person) -> dict[str, Any]:
    url = Api(reader).ask(URL, id=gid(scene.room))["workspace"]["calendarUrl"]
    client = Client()
    client.force_login(reader)
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_meetings_are_at_the_same_moment_everywhere(scene: Scene) -> None:
    paris = ZoneInfo("Europe/Paris")
    with time_machine.travel("2026-10-01T08:00:00Z", tick=False):
        for day in (23, 26):  # the clocks change in between
            starts = datetime(2026, 10, day, 10, 0, tzinfo=paris)
            times: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
            plan.plan_meeting(scene.room, actor=scene.founder, title=f"On {day}", link="https://meet.example", **times)
        found = events(scene, scene.other)
    begins = [found[f"On {day}"].decoded("dtstart") for day in (23, 26)]
    assert begins == [datetime(2026, 10, 23, 8, tzinfo=UTC), datetime(2026, 10, 26, 9, tzinfo=UTC)]
    assert [each.astimezone(paris).hour for each in begins] == [10, 10]
    assert found["On 26"].decoded("dtend") - begins[1] == timedelta(hours=1)
    assert str(found["On 26"]["url"]) == "https://meet.example"


def test_activities_are_whole_days(scene: Scene) -> None:
    days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 4)}
    step = plan.plan_activity(
        scene.room, actor=scene.founder, title="Measure; compare", text="Twice, at 8\nand at 12", who="Lyon", **days
    )
    event = events(scene, scene.other)["Measure; compare"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 2), date(2026, 3, 5))
    assert str(event["description"]) == "Lyon\n\nTwice, at 8\nand at 12"
    plan.edit_activity(step, actor=scene.founder, expected_version=1, title="Measure")
    again = events(scene, scene.other)["Measure"]
    assert (again["uid"], int(again["sequence"])) == (event["uid"], 1)


def test_everybody_gets_what_they_see(scene: Scene) -> None:
    board = plan.plan_meeting(scene.room, actor=scene.founder, title="Board", audience="STAFF", **scene.times)
    assert set(events(scene, scene.other)) == {"Hello", "Board"}, "an activity without a day is in no calendar"
    pupils = events(scene, scene.pupil.person)
    assert ("Board" in pupils, "url" in pupils["Hello"]) == (False, False)
    plan.cancel_meeting(board, actor=scene.founder)
    assert set(events(scene, scene.other)) == {"Hello"}
    assert Api(teacher("ES")).ask(URL, id=gid(scene.room))["workspace"] is None
