"""A project whose founders are gone: a partner follows, or the agency closes it; and one that is opened again."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.models import Person
from backend.agencies.actions import revoke_teacher
from backend.agencies.models import StandIn
from backend.eventlog.models import Event
from backend.projects.actions.ending import close_project
from backend.projects.models import HandOver, Project, ProjectMember, ProjectState
from tests.factories.people import central, officer, teacher
from tests.factories.projects import follower, workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivers(desk: Person) -> Project:
    return workspace(founders=(teacher("FR", given_name="Agathe"), teacher("PL")), title="Rivers").project


def url(project: Project, page: str = "project") -> str:
    return reverse(f"dashboard:{page}", args=[project.pk])


def gone(*members: ProjectMember) -> None:
    for member in members:
        revoke_teacher(member.person, actor=officer(member.country_id), reason="Left the school.")


def test_nothing_is_offered_while_both_are_there(client: Client, rivers: Project) -> None:
    text = client.get(url(rivers)).text
    for absent in ("The place of", "Close the project", "Reopen the project"):
        assert absent not in text


def test_a_partner_is_named_and_then_confirmed(client: Client, rivers: Project) -> None:
    giver = rivers.founders[0]
    taker = follower(rivers, of=giver.person)
    gone(giver)
    text = client.get(url(rivers)).text
    assert "The place of Agathe" in text
    assert f'<option value="{taker.pk}">{taker.person}, {taker.school}</option>' in text
    before = Event.objects.count()
    answer = client.post(url(rivers, "hand_over_project"), {"giver": giver.pk})
    assert (answer.status_code, Event.objects.count()) == (422, before)
    assert "Please choose who follows." in answer.text
    answer = client.post(url(rivers, "hand_over_project"), {"giver": giver.pk, "taker": taker.pk}, follow=True)
    assert answer.redirect_chain == [("/dashboard/queues/projects/", 302)]
    assert "The place in “Rivers” waits to be handed over" in answer.text
    assert (HandOver.objects.get().giver, HandOver.objects.get().taker) == (giver, taker)
    assert "Somebody is named to follow" in client.get(url(rivers)).text


def test_where_nobody_could_follow_the_page_says_what_helps(client: Client, rivers: Project) -> None:
    gone(rivers.founders[0])
    assert "the other founder can invite one" in client.get(url(rivers)).text


def test_of_the_other_country_it_is_not_offered(client: Client, rivers: Project) -> None:
    giver = rivers.founders[1]
    taker = follower(rivers, of=giver.person)
    gone(giver)
    assert "The place of" not in client.get(url(rivers)).text
    sent = {"giver": giver.pk, "taker": taker.pk}
    assert client.post(url(rivers, "hand_over_project"), sent).status_code == 403
    assert not HandOver.objects.exists()


def test_both_gone_the_agency_closes(client: Client, rivers: Project) -> None:
    gone(*rivers.founders)
    assert "Close the project" in client.get(url(rivers)).text
    assert client.post(url(rivers, "close_project"), {"text": " "}).status_code == 422
    answer = client.post(url(rivers, "close_project"), {"text": "Nobody is left."}, follow=True)
    assert answer.redirect_chain == [(url(rivers), 302)]
    assert "“Rivers” is closed." in answer.text
    rivers.refresh_from_db()
    assert (rivers.state, rivers.state_comment) == (ProjectState.CLOSED, "Nobody is left.")


def test_reopened_by_the_agency_and_by_central_with_a_reason(client: Client, rivers: Project) -> None:
    close_project(rivers, actor=rivers.founders[0].person)
    answer = client.post(url(rivers, "reopen_project"), follow=True)
    assert "“Rivers” is open again." in answer.text
    close_project(rivers, actor=rivers.founders[0].person)
    client.force_login(central())
    assert client.post(url(rivers, "reopen_project")).status_code == 422
    client.post(url(rivers, "reopen_project"), {"text": "The agencies are closed in August."})
    rivers.refresh_from_db()
    assert rivers.state == ProjectState.OPEN
    assert {one.agency.country_id for one in StandIn.objects.all()} == {"FR", "PL"}


def test_a_viewer_is_offered_nothing(client: Client, rivers: Project) -> None:
    close_project(rivers, actor=rivers.founders[0].person)
    client.force_login(officer("FR", role="VIEWER"))
    assert "Reopen the project" not in client.get(url(rivers)).text
