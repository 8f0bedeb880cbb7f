"""The queue of projects, a project's record, and deciding for one side."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.projects.actions.approval import approve_project, request_project_changes
from backend.projects.actions.drafting import submit_project
from backend.projects.models import Outcome, Project, ProjectState
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db
QUEUE = "/dashboard/queues/projects/"


@pytest.fixture
def waiting() -> Project:
    return project(
        ProjectState.PENDING_APPROVAL, title="Rivers", process="First a letter.", results="An atlas.", pupil_count=48
    )


def url(project: Project, page: str = "project") -> str:
    return reverse(f"dashboard:{page}", args=[project.pk])


def outcomes(project: Project) -> dict[str, str]:
    return dict(project.decisions.values_list("country", "outcome"))


def test_the_queue(client: Client, desk: Person, waiting: Project) -> None:
    project(ProjectState.OPEN, title="Open already")
    project(ProjectState.PENDING_PARTNER, title="Not agreed yet")
    project(ProjectState.PENDING_APPROVAL, title="Elsewhere", founders=(teacher("DE"), teacher("PL")))
    page = client.get(QUEUE)
    assert [row.project.title for row in page.context["page"].rows] == ["Rivers"]
    assert "France: Waiting" in page.text
    assert "Poland: Waiting" in page.text
    assert "Due " in page.text


def test_filters(client: Client, waiting: Project) -> None:
    client.force_login(officer("FR"))
    project(ProjectState.PENDING_APPROVAL, title="With Germany", founders=(teacher("FR"), teacher("DE")))

    def titles(query: str) -> list[str]:
        return sorted(f"{row.country_id} {row.project}" for row in client.get(QUEUE + query).context["page"].rows)

    project(ProjectState.PENDING_APPROVAL, title="At home", founders=(teacher("FR"), teacher("FR")))
    assert titles("?partner=FR").count("FR At home") == 1
    assert titles("") == ["FR At home", "FR Rivers", "FR With Germany"]
    assert titles("?partner=DE") == ["FR With Germany"]
    assert titles("?partner=ES") == []
    client.force_login(central())
    assert titles("") == ["DE With Germany", "FR At home", "FR Rivers", "FR With Germany", "PL Rivers"]
    assert titles("?country=PL") == ["PL Rivers"]
    assert client.get(QUEUE).text.count('<p class="small">Poland</p>') == 1


def test_kosovo_has_its_footnote(client: Client) -> None:
    client.force_login(officer("XK"))
    project(ProjectState.PENDING_APPROVAL, founders=(teacher("XK"), teacher("FR")))
    html = client.get(QUEUE).text
    assert "Kosovo* – France" in html
    assert "* This designation is without prejudice to positions on status." in html


def test_everything_both_founders_wrote(client: Client, desk: Person, waiting: Project) -> None:
    html = client.get(url(waiting)).text
    for words in (
        "Two schools follow their river to the sea.",
        "Pupils measure, compare and write together.",
        "First a letter.",
        "An atlas.",
        "11–14 years · 48",
        "Biology, Geography",
        "English, French",
        "Decision of France",
        "Decision of Poland",
        "Approve for France",
    ):
        assert words in html
    assert "Approve for Poland" not in html
    for founder in waiting.founders:
        assert str(founder.person) in html
        assert str(founder.school) in html


def test_both_sides_approve(client: Client, desk: Person, waiting: Project) -> None:
    answer = client.post(url(waiting, "approve_project"), {"side": "FR", "text": "A fine plan."}, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "“Rivers” is approved for your side." in answer.text
    assert "No project waits for you" in answer.text
    assert outcomes(waiting) == {"FR": Outcome.APPROVED, "PL": Outcome.PENDING}
    client.force_login(officer("PL"))
    assert "A fine plan." in client.get(url(waiting)).text
    client.post(url(waiting, "approve_project"), {"side": "PL"})
    waiting.refresh_from_db()
    assert waiting.state == ProjectState.OPEN
    assert waiting.workspace.memberships.count() == 2


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("request_project_changes", ProjectState.CHANGES_REQUESTED),
        ("refuse_project", ProjectState.REFUSED),
    ],
)
def test_back_or_refused(client: Client, desk: Person, waiting: Project, page: str, state: str) -> None:
    before = Event.objects.count()
    answer = client.post(url(waiting, page), {"side": "FR"})
    assert answer.status_code == 422
    assert "Please give a reason" in answer.text
    assert Event.objects.count() == before
    client.post(url(waiting, page), {"side": "FR", "text": "Please say who does what."})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.state_comment) == (state, "Please say who does what.")
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize("side", ["PL", "DE", "", "XX"])
def test_the_other_side_is_not_ours(client: Client, desk: Person, waiting: Project, side: str) -> None:
    before = Event.objects.count()
    assert client.post(url(waiting, "approve_project"), {"side": side}).status_code == 403
    assert outcomes(waiting) == {"FR": Outcome.PENDING, "PL": Outcome.PENDING}
    assert Event.objects.count() == before


def test_decided_meanwhile(client: Client, desk: Person, waiting: Project) -> None:
    approve_project(waiting, actor=officer("FR"), side="FR")
    answer = client.post(url(waiting, "refuse_project"), {"side": "FR", "text": "I would rather <not>."})
    assert answer.status_code == 422
    assert "This project does not wait for your decision." in answer.text
    assert outcomes(waiting)["FR"] == Outcome.APPROVED


def test_central_decides_for_either_side_with_a_reason(client: Client, waiting: Project) -> None:
    client.force_login(central())
    html = client.get(url(waiting)).text
    assert "Approve for France" in html
    assert "Approve for Poland" in html
    refused = client.post(url(waiting, "approve_project"), {"side": "PL", "text": ""})
    assert refused.status_code == 422
    assert refused.text.count("aria-invalid") == 1
    client.post(url(waiting, "approve_project"), {"side": "PL", "text": "The office is closed."})
    assert outcomes(waiting) == {"FR": Outcome.PENDING, "PL": Outcome.APPROVED}


def test_a_viewer_reads(client: Client, waiting: Project) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    html = client.get(url(waiting)).text
    assert "Decision of France" in html
    assert "Approve for" not in html


def test_drafts_are_private(client: Client, desk: Person) -> None:
    assert client.get(url(project(ProjectState.DRAFT))).status_code == 404


def test_a_comment_beside_the_text(client: Client, desk: Person, waiting: Project) -> None:
    page = url(waiting)
    answer = client.post(f"{page}comment/", {"text": "Which months?", "about": "aims"}, follow=True)
    assert "The founders find your comment beside their text." in answer.text
    assert "Which months?" in answer.text
    answer = client.post(f"{page}comment/", {"text": "Hm", "about": "state"})
    assert (answer.status_code, answer.text.count(">Hm</textarea>")) == (422, 1)


def test_queries_do_not_grow(
    client: Client, desk: Person, waiting: Project, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 9, 20):
        for _ in range(number):
            project(ProjectState.PENDING_APPROVAL)
        with django_assert_max_num_queries(12) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    with django_assert_max_num_queries(12):
        client.get(url(waiting))


def test_earlier_rounds_tell_what_was_decided_and_nothing_else(client: Client, desk: Person, waiting: Project) -> None:
    request_project_changes(waiting, actor=desk, side="FR", comment="Which months?")
    submit_project(waiting, actor=waiting.founders[0].person)
    earlier = client.get(url(waiting)).context["earlier"]
    assert [(one.country_id, one.comment) for one in earlier] == [("FR", "Which months?")]
