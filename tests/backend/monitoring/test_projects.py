"""How open projects are doing."""

from datetime import timedelta

import pytest
import time_machine

from backend.core import clock
from backend.monitoring.projects import Condition, monitored
from backend.workspaces.actions.updates import post_update
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db


def test_conditions() -> None:
    rooms = {title: workspace(founders=(teacher("FR"), teacher("PL")), title=title) for title in ("A", "Q", "S", "N")}
    project("PENDING_APPROVAL", title="Waiting")
    for title, days in (("A", 29), ("Q", 31), ("S", 61)):
        with time_machine.travel(clock.now() - timedelta(days=days)):
            for member in rooms[title].project.founders[: 1 if title == "Q" else 2]:
                post_update(rooms[title], actor=member.person, text="Here")
    desk = officer("FR")

    def titles(condition: Condition | None) -> list[str]:
        return sorted(monitored(desk, condition).values_list("title", flat=True))

    assert titles(None) == ["A", "N", "Q", "S"]
    assert titles(Condition.ACTIVE) == ["A"]
    assert titles(Condition.QUIET) == ["Q"]
    assert titles(Condition.STALLED) == ["S"]
    assert titles(Condition.NEVER_STARTED) == ["N"]
    assert titles(Condition.ONE_SIDED) == ["Q"]


def test_whose_projects_they_are() -> None:
    workspace(founders=(teacher("FR"), teacher("PL")))
    assert monitored(officer("PL")).count() == monitored(central(), country="FR").count() == 1
    assert monitored(officer("DE")).count() == monitored(central(), country="DE").count() == 0
    assert monitored(teacher("FR")).count() == 0


def test_pupils_who_never_signed_in() -> None:
    room = workspace()
    first, _ = (pupil(room, actor=room.project.founders[0].person) for _ in range(2))
    first.last_login = clock.now()
    first.save()
    assert monitored(officer("FR")).get().silent_pupils == 1
