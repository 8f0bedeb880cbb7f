"""Queues, watched projects and the audit trail cost the same number of queries at one row and at ten."""

from collections.abc import Callable

import pytest

from backend.agencies.actions import validate_teacher
from backend.workspaces.actions.updates import post_update
from tests.factories.labels import application
from tests.factories.mailings import draft
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import workspace
from tests.graphql_schema.counts.test_query_counts import PERSON, Case, same_at_one_and_ten

pytestmark = pytest.mark.django_db


def queues() -> Case:
    def more(n: int) -> None:
        SchoolFactory(country_id="FR", state="PROPOSED")
        report(teacher("FR"), actor=teacher("PL"))
        application()
        help_request(actor=teacher("FR"))

    document = f"""{{ desk {{ schools {{ waiting oldest }} reports {{ waiting }} labels {{ overdue }} help {{ waiting }}
      waitingSchools(first: 20) {{ edges {{ node {{ name country {{ label }} }} }} }}
      waitingReports(first: 20) {{ edges {{ node {{ category viewerCanDecide }} }} }}
      waitingLabels(first: 20) {{ edges {{ node {{ state applicant {{ {PERSON} }} }} }} }}
      waitingHelp(first: 20) {{ edges {{ node {{ topic asker {{ {PERSON} }} }} }} }} }} }}"""
    return officer("FR"), document, {}, more


def watched_projects() -> Case:
    def more(n: int) -> None:
        room = workspace(title=f"P{n}")
        post_update(room, actor=room.project.founders[0].person, text="Here")

    document = """{ monitoredProjects(first: 20, condition: ONE_SIDED) { edges { node { title lastActivity silentPupils
      members { school { name } country { label } } } } } }"""
    return officer("FR"), document, {}, more


def audit_trail() -> Case:
    desk = officer("FR")
    document = "{ auditTrail(first: 50) { edges { node { at kind sentence subjectId data actor { name } } } } }"
    return desk, document, {}, lambda n: validate_teacher(newcomer("FR"), actor=desk)


def mailings() -> Case:
    desk = officer("FR")
    document = """{ mailings(first: 50) { edges { node { subject body state reached bounced criteria { name }
      viewerCanSend agency { name } } } } }"""
    return desk, document, {}, lambda n: draft(desk)


@pytest.mark.parametrize("case", [queues, watched_projects, audit_trail, mailings], ids=lambda case: case.__name__)
def test_one_row_or_ten(case: Callable[[], Case]) -> None:
    same_at_one_and_ten(case)
