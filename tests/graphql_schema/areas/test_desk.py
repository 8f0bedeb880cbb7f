"""Cases taken and given by an agency's own program."""

import pytest

from backend.desk.models import Assignment
from backend.eventlog.models import Event
from backend.projects.models import ProjectState
from tests.factories.people import central, newcomer, officer
from tests.factories.projects import project
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db


def test_a_colleague_gets_a_case() -> None:
    lou, max = officer("FR"), officer("FR", given_name="Max", family_name="Roux")
    case, api = {"queue": "PEOPLE", "caseId": gid(newcomer("FR"))}, Api(lou)
    given = api.do("assignCase", "... on Assignment { queue officerName }", **case, officerId=gid(max.officer))
    assert given == {"__typename": "Assignment", "queue": "PEOPLE", "officerName": "Max Roux"}
    assert api.refused("assignCase", **case, officerId=gid(officer("DE"))) == ["not_found"]
    assert api.refused("assignCase", queue="PEOPLE", caseId="nonsense") == ["not_found"]
    assert Assignment.objects.get().officer == max


def test_a_project_stands_for_the_decision_of_a_side() -> None:
    rivers = project(ProjectState.PENDING_APPROVAL)
    Api(central()).do("assignCase", "", queue="PROJECTS", caseId=gid(rivers), country="PL")
    assert Assignment.objects.get().case_id == rivers.decisions.get(country="PL").pk
    assert Event.objects.latest("pk").subject_id == rivers.pk
