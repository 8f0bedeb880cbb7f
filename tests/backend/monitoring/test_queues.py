"""What waits for whom, since when and until when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from backend.accounts.actions import start_waiting
from backend.agencies.actions import validate_teacher
from backend.monitoring.queues import Backlog, backlog, decisions_waiting, people_waiting
from backend.projects.actions.approval import approve_project, request_project_changes
from backend.projects.actions.drafting import submit_project
from backend.projects.models import Project, ProjectState
from backend.schools.actions import join_school
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_an_empty_queue() -> None:
    assert backlog(people_waiting(officer())) == Backlog(waiting=0, overdue=0, oldest=None)
    assert backlog(decisions_waiting(officer())) == Backlog(waiting=0, overdue=0, oldest=None)


def test_people_wait_for_their_own_agency() -> None:
    with time_machine.travel(MONDAY, tick=False):
        early = newcomer("FR")
        start_waiting(early, "PENDING")
    with time_machine.travel(MONDAY + timedelta(days=6), tick=False):
        start_waiting(newcomer("FR"), "PENDING")
        start_waiting(newcomer("PL"), "PENDING")
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        assert backlog(people_waiting(officer("FR"))) == Backlog(waiting=2, overdue=1, oldest=MONDAY)
        assert backlog(people_waiting(central())).waiting == 3
        assert backlog(people_waiting(officer("DE"))).waiting == 0


def test_a_further_school_waits_since_it_was_joined() -> None:
    with time_machine.travel(MONDAY, tick=False):
        person = teacher("FR")
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        join_school(SchoolFactory(country_id="FR"), actor=person)
    desk = officer("FR")
    assert people_waiting(desk).get().waiting_since == MONDAY + timedelta(days=30)
    validate_teacher(person, actor=desk)
    assert not people_waiting(desk).exists()


def test_each_side_waits_for_its_own_decision() -> None:
    waiting = project(ProjectState.PENDING_APPROVAL)
    french, polish = officer("FR"), officer("PL")
    assert [d.country_id for d in decisions_waiting(french)] == ["FR"]
    assert {d.country_id for d in decisions_waiting(central())} == {"FR", "PL"}
    approve_project(waiting, actor=french, side="FR")
    assert not decisions_waiting(french).exists()
    assert decisions_waiting(polish).get().project == waiting


def test_a_side_that_was_not_asked_again_does_not_wait() -> None:
    """The Polish side never answered the first round; in the second round it has."""
    once = project(ProjectState.PENDING_APPROVAL)
    french, polish = officer("FR"), officer("PL")
    back = request_project_changes(once, actor=french, side="FR", comment="Please say more about the aims.")
    again = submit_project(back, actor=back.founders[0].person)
    approve_project(again, actor=polish, side="PL")
    assert not decisions_waiting(polish).exists()
    assert not Project.objects.waiting_for(polish).exists()
    assert list(Project.objects.waiting_for(french)) == [again]
