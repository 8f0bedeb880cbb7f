"""Lists of reports, decisions, appeals, looks and help cost the same number of queries at one row and at ten."""

from collections.abc import Callable

import pytest

from backend.accounts.models import Person
from backend.moderation.actions.help import answer_help
from backend.moderation.actions.looks import look_inside
from backend.moderation.actions.reports import decide_report
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.models import Sanction
from backend.workspaces.actions.updates import post_update
from tests.factories.moderation import help_request, report
from tests.factories.people import officer, teacher
from tests.factories.projects import pupil, workspace
from tests.graphql_schema.counts.test_query_counts import Case, same_at_one_and_ten
from tests.support.api import gid

pytestmark = pytest.mark.django_db
REPORT = """category subjectKind state outcome isSevere isBanProposed country { label } createdAt dueAt decidedAt
  viewerCanOpen viewerCanDecide viewerCanConfirmBan escalatedAt escalationReason viewerCanEscalate"""
APPEAL = "text state reason createdAt dueAt decidedAt viewerCanDecide"
SANCTION = "outcome reason until createdAt endedAt endReason personName viewerCanAppeal"


def reports(of: str) -> Case:
    room = workspace()
    founder, other = (m.person for m in room.project.founders)
    viewer = {"officer": officer("PL"), "teacher": founder, "pupil": pupil(room, actor=founder)}[of]
    reporter = viewer if of == "pupil" else founder
    return (
        viewer,
        f"{{ reports(first: 50, state: OPEN) {{ totalCount edges {{ node {{ {REPORT} }} }} }} }}",
        {},
        lambda n: report(post_update(room, actor=other, text=f"U{n}"), actor=reporter),
    )


def appealed(person: Person, by: Person, n: int) -> None:
    decide_report(report(person, actor=teacher("PL")), actor=by, outcome="WARNING", reason=f"R{n}")
    appeal_decision(Sanction.objects.latest("pk"), actor=person, text=f"A{n}")


def sanctions() -> Case:
    person, by = teacher("FR"), officer("FR")
    document = f"""{{ sanctions(first: 50) {{ edges {{ node {{ {SANCTION} report {{ {REPORT} }} appeal {{ {APPEAL} }}
      }} }} }} }}"""
    return person, document, {}, lambda n: appealed(person, by, n)


def appeals() -> Case:
    person, by = teacher("FR"), officer("FR")
    document = f"""{{ appeals(first: 50, state: OPEN) {{ totalCount edges {{ node {{ {APPEAL} sanction {{ {SANCTION}
      report {{ {REPORT} }} }} }} }} }} }}"""
    return officer("FR"), document, {}, lambda n: appealed(person, by, n)


def looks() -> Case:
    room = workspace()
    document = """query($id: ID!) { looksInside(workspaceId: $id, first: 50) { edges { node { reason officerName
      createdAt } } } }"""
    founder = room.project.founders[0].person
    more = lambda n: look_inside(room.project, actor=officer("PL"), reason=f"R{n}")  # noqa: E731
    return founder, document, {"id": gid(room)}, more


def help_requests() -> Case:
    document = """{ helpRequests(first: 50, state: OPEN) { totalCount edges { node { topic state createdAt dueAt closedAt
      asker { name school { name } } country { label } project { title } viewerCanAnswer viewerCanReply viewerCanClose } } } }"""
    return officer("FR"), document, {}, lambda n: help_request(actor=teacher("FR"))


def help_messages() -> Case:
    request, by = help_request(actor=teacher("FR")), officer("FR")
    document = """query($id: ID!) { node(id: $id) { ... on HelpRequest { conversation(first: 50) { edges { node { text
      createdAt authorName isFromAgency } } } } } }"""
    return by, document, {"id": gid(request)}, lambda n: answer_help(request, actor=by, text=f"A{n}")


CASES: dict[str, Callable[[], Case]] = {
    "reports of an officer": lambda: reports("officer"),
    "reports of a teacher": lambda: reports("teacher"),
    "reports of a pupil": lambda: reports("pupil"),
    "sanctions": sanctions,
    "appeals": appeals,
    "looks": looks,
    "help requests": help_requests,
    "help messages": help_messages,
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_one_row_or_ten(case: Callable[[], Case]) -> None:
    same_at_one_and_ten(case)
