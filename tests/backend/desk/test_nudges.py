"""One office reminds the other."""

from datetime import timedelta

import pytest
import time_machine

from backend.core import clock
from backend.desk.actions import nudge_agency
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.projects.actions.approval import approve_project
from backend.projects.models import Decision, ProjectState
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def polish() -> Decision:
    found: Decision = project(ProjectState.PENDING_APPROVAL).decisions.get(country="PL")
    return found


def test_the_other_offices_officers_are_told(polish: Decision) -> None:
    ola = officer("PL")
    officer("PL", role="VIEWER")
    nudge_agency(polish, actor=officer("FR"))
    event = Event.objects.latest("pk")
    assert (event.kind, event.data) == ("project.agency_nudged", {"country": "PL"})
    assert [note.recipient for note in Notification.objects.filter(event=event)] == [ola]


def test_at_most_every_three_days(polish: Decision) -> None:
    nudge_agency(polish, actor=officer("FR"))
    with refused("agency_nudged"):
        nudge_agency(polish, actor=central())
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        nudge_agency(polish, actor=central())
    assert Event.objects.filter(kind="project.agency_nudged").count() == 2


def test_only_the_office_that_waits(polish: Decision) -> None:
    for stranger in (officer("PL"), officer("DE"), officer("FR", role="VIEWER"), teacher("FR")):
        with refused("not_permitted"):
            nudge_agency(polish, actor=stranger)


def test_not_once_it_is_decided(polish: Decision) -> None:
    approve_project(polish.project, actor=officer("PL"), side="PL")
    with refused("project_not_pending"):
        nudge_agency(polish, actor=officer("FR"))


def test_nobody_reminds_themselves_of_a_national_project() -> None:
    national = project(ProjectState.PENDING_APPROVAL, founders=(teacher("FR"), teacher("FR")))
    with refused("not_permitted"):
        nudge_agency(national.decisions.get(), actor=officer("FR"))
