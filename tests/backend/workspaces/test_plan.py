"""Activities, meetings, and the meeting service."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.core import clock
from backend.core.guards import TextConflict
from backend.workspaces.actions import plan
from backend.workspaces.meeting_service import join_meeting
from tests.factories.people import teacher
from tests.factories.scene import Scene
from tests.support.refusals import refused

SECRET = "shared-with-the-service"


def test_an_activity_from_plan_to_done(scene: Scene) -> None:
    activity = plan.edit_activity(
        scene.activity, actor=scene.other, expected_version=1, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30)
    )
    assert (activity.version, activity.who) == (2, "Lyon")
    with pytest.raises(TextConflict) as conflict:
        plan.edit_activity(activity, actor=scene.founder, expected_version=1, ends_on=date(2026, 10, 1))
    assert conflict.value.stored == {"ends_on": "2026-09-30"}
    with refused("dates_reversed"):
        plan.edit_activity(activity, actor=scene.founder, expected_version=2, starts_on=date(2026, 10, 1))
    done = plan.complete_activity(activity, actor=scene.other)
    assert done.completed_at
    assert done.completed_by == scene.other
    assert plan.complete_activity(activity, actor=scene.founder, is_done=False).completed_at is None
    with refused("not_permitted"):
        plan.plan_activity(scene.room, actor=scene.helper.person, title="Mine")


def test_meetings_have_a_place_and_a_sensible_time(scene: Scene) -> None:
    soon = clock.now() + timedelta(days=1)
    hour = timedelta(hours=1)
    wrong = {
        "meeting_link_missing": {"starts_at": soon, "ends_at": soon + hour, "link": ""},
        "dates_reversed": {"starts_at": soon, "ends_at": soon},
        "meeting_in_the_past": {"starts_at": soon - 48 * hour, "ends_at": soon - 47 * hour},
        "meeting_too_long": {"starts_at": soon, "ends_at": soon + 13 * hour},
        "date_too_far": {"starts_at": soon + timedelta(days=800), "ends_at": soon + timedelta(days=800) + hour},
    }
    for code, given in wrong.items():
        with refused(code):
            values: dict[str, Any] = {"link": "https://example.org", **given}
            plan.plan_meeting(scene.room, actor=scene.other, title="Talk", **values)
    assert join_meeting(scene.meeting, actor=scene.other) == "https://meet.example.org/1"
    with refused("tool_not_agreed"):
        join_meeting(scene.meeting, actor=scene.pupil.person)
    with refused("not_permitted"):
        join_meeting(scene.meeting, actor=teacher("ES"))
    cancelled = plan.cancel_meeting(scene.meeting, actor=scene.other)
    with refused("removed"):
        join_meeting(cancelled, actor=scene.founder)


class Service(BaseHTTPRequestHandler):
    """Answers as BigBlueButton does: only to whom knows the secret."""

    asked: list[str] = []

    def do_GET(self) -> None:
        query, _, checksum = urlsplit(self.path).query.rpartition("&checksum=")
        call = urlsplit(self.path).path.rpartition("/")[2]
        good = checksum == hashlib.sha256(f"{call}{query}{SECRET}".encode()).hexdigest()
        Service.asked.append(call)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<response><returncode>%s</returncode></response>" % (b"SUCCESS" if good else b"FAILED"))

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service(settings: Any) -> Iterator[Any]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.BIGBLUEBUTTON_URL = f"http://127.0.0.1:{server.server_port}/bigbluebutton/"
    settings.BIGBLUEBUTTON_SECRET = SECRET
    yield settings
    server.shutdown()
    server.server_close()


def test_teachers_moderate_and_pupils_attend(scene: Scene, service: Any) -> None:
    soon = clock.now() + timedelta(minutes=5)
    meeting = plan.plan_meeting(
        scene.room, actor=scene.founder, title="Rhône & Vistula", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    doors = [join_meeting(meeting, actor=person) for person in (scene.founder, scene.other, scene.pupil.person)]
    queries = [parse_qs(urlsplit(door).query) for door in doors]
    passwords = [query["password"][0] for query in queries]
    assert passwords[0] == passwords[1] != passwords[2]
    assert [query["fullName"][0] for query in queries][2] == "Lina"
    signed, _, checksum = urlsplit(doors[2]).query.rpartition("&checksum=")
    assert checksum == hashlib.sha256(f"join{signed}{SECRET}".encode()).hexdigest()
    service.BIGBLUEBUTTON_SECRET = "wrong"
    with refused("meeting_service_away"):
        join_meeting(meeting, actor=scene.founder)
    service.BIGBLUEBUTTON_URL = ""
    with refused("meeting_service_missing"):
        join_meeting(meeting, actor=scene.founder)
