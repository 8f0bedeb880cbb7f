"""A founder is gone: somebody of the country follows, once the agency says so above the queue of projects."""

import pytest
from django.test import Client

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import revoke_teacher
from backend.agencies.models import StandIn
from backend.eventlog.models import Event
from backend.projects.actions.handing import hand_over_project
from backend.projects.models import HandOver, HandOverState, Project
from tests.factories.people import central, officer, teacher
from tests.factories.projects import follower, hand_over, workspace

pytestmark = pytest.mark.django_db
QUEUE = "/dashboard/queues/projects/"


@pytest.fixture
def asked(desk: Person) -> HandOver:
    """The French founder left the school; the Polish one asks that a partner follows."""
    gone, other = teacher("FR", given_name="Agathe"), teacher("PL")
    project = workspace(founders=(gone, other), title="Rivers").project
    taker = follower(project, of=gone)
    revoke_teacher(gone, actor=desk, reason="Left the school.")
    giver = project.members.get(person=gone)
    return hand_over_project(Project.objects.get(pk=project.pk), actor=other, taker=taker, giver=giver)


def test_it_stands_above_the_queue(client: Client, asked: HandOver) -> None:
    text = client.get(QUEUE).text
    for shown in ("To hand over", "Rivers", f"{asked.giver.person}", f"{asked.taker.person}", "Waiting since today"):
        assert shown in text
    assert f"/dashboard/hand-overs/{asked.pk}/confirm/" in text


def test_a_partner_follows(client: Client, asked: HandOver) -> None:
    answer = client.post(f"/dashboard/hand-overs/{asked.pk}/confirm/", follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "“Rivers” is handed over." in answer.text
    assert "To hand over" not in answer.text
    founders = [member.person for member in Project.objects.get(pk=asked.project_id).founders]
    assert founders == [asked.taker.person, asked.asked_by]
    assert asked.giver.person.state == PersonState.REVOKED


def test_refusing_needs_a_reason_and_keeps_the_place_open(client: Client, asked: HandOver) -> None:
    before = Event.objects.count()
    path = f"/dashboard/hand-overs/{asked.pk}/refuse/"
    answer = client.post(path, {"text": " "})
    assert (answer.status_code, Event.objects.count()) == (422, before)
    assert "Please give a reason" in answer.text
    assert '<details class="decide" open>' in answer.text
    answer = client.post(path, {"text": "They are at another school."}, follow=True)
    assert "“Rivers” is not handed over." in answer.text
    asked.refresh_from_db()
    assert (asked.state, asked.comment) == (HandOverState.REFUSED, "They are at another school.")


def test_what_was_typed_stays_with_its_own_case(client: Client, asked: HandOver) -> None:
    other = hand_over()
    words = "x" * 100_000
    answer = client.post(f"/dashboard/hand-overs/{asked.pk}/confirm/", {"text": words})
    assert answer.status_code == 422
    assert answer.text.count(words) == 1
    assert answer.text.index(f"/{asked.pk}/confirm/") < answer.text.index(words)
    assert f"/{other.pk}/confirm/" in answer.text


def test_a_colleague_was_quicker(client: Client, asked: HandOver) -> None:
    client.post(f"/dashboard/hand-overs/{asked.pk}/confirm/")
    answer = client.post(f"/dashboard/hand-overs/{asked.pk}/confirm/")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_viewer_reads_and_decides_nothing(client: Client, asked: HandOver) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    text = client.get(QUEUE).text
    assert "Rivers" in text
    assert "/hand-overs/" not in text
    assert client.post(f"/dashboard/hand-overs/{asked.pk}/confirm/").status_code == 403
    asked.refresh_from_db()
    assert asked.state == HandOverState.WAITING


def test_central_says_why(client: Client, asked: HandOver) -> None:
    client.force_login(central())
    path = f"/dashboard/hand-overs/{asked.pk}/confirm/"
    assert client.post(path).status_code == 422
    answer = client.post(path, {"text": "The agency is closed in August."}, follow=True)
    assert "“Rivers” is handed over." in answer.text
    assert StandIn.objects.get(event__kind="project.hand_over_confirmed").reason == "The agency is closed in August."
