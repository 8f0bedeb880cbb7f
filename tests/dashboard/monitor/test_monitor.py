"""The projects monitor: who needs somebody, and a letter to the founders."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from backend.core import clock
from backend.eventlog.models import Event
from backend.monitoring.actions import contact_founders
from backend.workspaces.actions.updates import post_update
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project, workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/monitor/"


def test_the_tabs_count_what_they_list(client: Client) -> None:
    rooms = {title: workspace(founders=(teacher("FR"), teacher("PL")), title=title) for title in ("A", "Q", "S", "N")}
    for title, days in (("A", 3), ("Q", 31), ("S", 61)):
        with time_machine.travel(clock.now() - timedelta(days=days)):
            for member in rooms[title].project.founders[: 1 if title == "Q" else 2]:
                post_update(rooms[title], actor=member.person, text="Here")
    for viewer, query in (
        (officer("FR"), ""),
        (central(), ""),
        (central(), "&country=PL&partner=FR"),
        (officer("PL"), "&partner=FR"),
    ):
        client.force_login(viewer)
        for condition, expected in (
            ("ACTIVE", "A"),
            ("QUIET", "Q"),
            ("STALLED", "S"),
            ("NEVER_STARTED", "N"),
            ("ONE_SIDED", "Q"),
        ):
            page = client.get(f"{PAGE}?condition={condition}{query}")
            assert [each.title for each, _, _ in page.context["cases"]] == [expected]
            assert [count for _, _, count, chosen in page.context["tabs"] if chosen] == [1]
    assert [count for _, _, count, _ in client.get(f"{PAGE}?partner=DE").context["tabs"]] == [0] * 5


def test_the_sparkline_counts_and_says_nothing_of_what_was_written(client: Client) -> None:
    room = workspace()
    for days in (80, 3, 3):
        with time_machine.travel(clock.now() - timedelta(days=days)):
            post_update(room, actor=room.project.founders[0].person, text="A secret")
    client.force_login(officer("FR"))
    page = client.get(f"{PAGE}?condition=ACTIVE")
    [(_, (line, number), may_contact)] = page.context["cases"]
    assert (number, line.most, may_contact) == (3, 2, True)
    assert "A secret" not in page.text


def test_a_letter_to_the_founders(client: Client, django_capture_on_commit_callbacks: object) -> None:
    one, other = teacher("FR", language="fr"), teacher("PL", language="en")
    room = workspace(founders=(one, other))
    client.force_login(officer("FR"))
    page = f"{PAGE}{room.project_id}/"
    assert "Offer a partner search" in client.get(f"{page}?offer").text
    assert client.post(f"{page}contact/", {"text": " "}).status_code == 422
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(f"{page}contact/?offer", {"text": "Can we help?"})
    assert answer.status_code == 302
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([one.email, other.email])
    assert all("Can we help?" in letter.body for letter in mail.outbox)
    assert any("chercher avec vous" in letter.body for letter in mail.outbox)
    event = Event.objects.get(kind="project.founders_contacted")
    assert (event.subject_id, event.data) == (room.project_id, {"offer": "PARTNER_SEARCH"})


def test_who_may_not_write_and_when() -> None:
    room, waiting = workspace(), project("PENDING_APPROVAL")
    for actor in (officer("DE"), officer("FR", role="VIEWER"), teacher("FR"), room.project.founders[0].person):
        with refused("not_permitted"):
            contact_founders(room.project, actor=actor, text="Hello")
    with refused("project_not_open"):
        contact_founders(waiting, actor=officer("FR"), text="Hello")
    assert not Event.objects.filter(kind="project.founders_contacted").exists()
