"""Inside a private workspace: asked for a reason first, read once for each."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.moderation.actions.looks import look_inside
from backend.moderation.models import Look
from backend.notifications.models import Notification
from backend.projects.models import Project
from backend.schools.models import School
from backend.workspaces.actions.discussions import remove_post
from backend.workspaces.actions.pages import write_page
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Workspace
from tests.backend.agencies.test_delegates import NORD, delegate
from tests.backend.moderation.test_reports import a_post, people_of
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project, workspace
from tests.support.api import client_of

pytestmark = pytest.mark.django_db

WORDS = ("Rude words", "We sail on Monday")


@pytest.fixture
def room(desk: Person) -> Workspace:
    """Rivers, with a pupil's post and an update inside."""
    room = workspace(founders=(teacher("FR", given_name="Agathe"), teacher("PL")), title="Rivers")
    founder, _, child = people_of(room)
    a_post(room, child)
    post_update(room, actor=founder, text="We sail on Monday")
    return room


def url(project: Project, page: str = "inside") -> str:
    return reverse(f"dashboard:{page}", args=[project.pk])


def test_the_record_leads_to_the_question_why(client: Client, room: Workspace) -> None:
    assert url(room.project) in client.get(url(room.project, "project")).text
    answer = client.get(url(room.project))
    assert "All teachers of the workspace are told" in answer.text
    assert "Who did before, and why, is shown with the workspace." in answer.text
    for words in WORDS:
        assert words not in answer.text


def test_nothing_is_read_without_a_reason(client: Client, room: Workspace) -> None:
    before = Event.objects.count()
    answer = client.post(url(room.project, "look_inside"), {"text": " "})
    assert (answer.status_code, Look.objects.count(), Event.objects.count()) == (422, 0, before)
    assert "Please give a reason: the person will read it." in answer.text
    for words in WORDS:
        assert words not in answer.text


def test_what_is_inside_and_who_looked_before(client: Client, room: Workspace, desk: Person) -> None:
    founder, other, child = people_of(room)
    remove_post(a_post(room, child), actor=founder)
    write_page(room, actor=founder, title="Our port", text="Boats and <b>nets</b>")
    look_inside(room.project, actor=officer("PL", given_name="Ola"), reason="A parent called")
    answer = client.post(url(room.project, "look_inside"), {"text": " A photo is hidden "})
    assert answer.status_code == 200
    for words in (*WORDS, "Page: Our port", "Boats and &lt;b&gt;nets&lt;/b&gt;", "Update in the feed", str(child)):
        assert words in answer.text
    assert answer.text.count("Its words are gone.") == 1
    assert [look.reason for look in answer.context["looks"]] == ["A photo is hidden", "A parent called"]
    look = Look.objects.latest("pk")
    assert (look.officer, look.reason) == (desk, "A photo is hidden")
    told = Notification.objects.filter(event__kind="workspace.looked_inside", event__actor=desk)
    assert set(told.values_list("recipient", flat=True)) == {founder.pk, other.pk}


def test_no_address_reads_it_again(client: Client, room: Workspace) -> None:
    """Neither a bookmark nor a copy kept by the browser; sending the form again is another look."""
    for number in (1, 2):
        answer = client.post(url(room.project, "look_inside"), {"text": "A photo is hidden"})
        assert "no-store" in answer.headers["Cache-Control"]
        assert Look.objects.count() == number
    assert client.get(url(room.project, "look_inside")).status_code == 405
    for page in ("inside", "project"):
        text = client.get(url(room.project, page)).text
        assert [words for words in WORDS if words in text] == []
    assert Look.objects.count() == 2


def test_who_may_not_is_offered_nothing(room: Workspace) -> None:
    viewer, regional = officer("FR", role="VIEWER"), delegate(NORD)
    School.objects.filter(pk=room.project.founders[0].school_id).update(region=NORD)
    for person, asked, sent in ((viewer, 403, 403), (regional, 403, 403), (officer("DE"), 404, 404)):
        client = client_of(person)
        if asked == 403:
            assert "Look inside" not in client.get(url(room.project, "project")).text
        assert client.get(url(room.project)).status_code == asked
        answer = client.post(url(room.project, "look_inside"), {"text": "Why not"})
        assert answer.status_code == sent
        assert [words for words in WORDS if words in answer.text] == []
    assert not Look.objects.exists()
    answer = client_of(central()).post(url(room.project, "look_inside"), {"text": "The agency asked us"})
    assert WORDS[0] in answer.text


def test_a_project_without_a_workspace(client: Client, desk: Person) -> None:
    waiting = project("PENDING_APPROVAL")
    assert "Look inside" not in client.get(url(waiting, "project")).text
    assert client.get(url(waiting)).status_code == 404
    answer = client.post(url(waiting, "look_inside"), {"text": "Why not"})
    assert answer.status_code == 422
    assert "This project has no workspace yet." in answer.text


def test_reading_much_costs_what_reading_little_does(client: Client, room: Workspace) -> None:
    founder = people_of(room)[0]
    client.post(url(room.project, "look_inside"), {"text": " "})  # that the officer is here is noted once a minute
    costs = []
    for number in (0, 60):
        for n in range(number):
            post_update(room, actor=founder, text=f"News {n}")
        with CaptureQueriesContext(connection) as captured:
            client.post(url(room.project, "look_inside"), {"text": "Why"})
        read = [query["sql"] for query in captured.captured_queries]
        costs.append(len(read))
    assert costs[0] == costs[1]
