"""What an agency may read of what happened."""

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.agencies.actions import request_information, validate_teacher
from backend.monitoring.activity import recently, timeline
from backend.workspaces.actions.updates import post_update
from tests.factories.people import central, newcomer, officer
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db


def test_events_are_read_in_their_country_only() -> None:
    person = newcomer("FR", given_name="Ana", family_name="Silva")
    desk = officer("FR", given_name="Lou", family_name="Petit")
    request_information(person, actor=desk, question="Where?")
    validate_teacher(person, actor=desk)
    sentences = ["Lou Petit validated Ana Silva.", "Lou Petit asked Ana Silva for information."]
    assert [one.sentence for one in recently(desk, limit=10)] == sentences
    assert [one.sentence for one in timeline(central(), person, limit=10)] == sentences
    assert [one.sentence for one in recently(desk, limit=1)] == sentences[:1]
    assert recently(officer("PL"), limit=10) == []
    assert timeline(officer("PL"), person, limit=10) == []


def test_an_event_of_two_countries_is_told_once() -> None:
    room = workspace()
    post_update(room, actor=room.project.founders[0].person, text="We met.")
    told = [one.event.kind for one in recently(central(), limit=20)]
    assert told == ["project.opened", "project.approved", "project.approved", "project.accepted", "project.submitted"]


def test_queries_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    desk = officer("FR")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            validate_teacher(newcomer("FR"), actor=desk)
        with django_assert_num_queries(2) as captured:
            recently(desk, limit=20)
        counts.append(len(captured))
    assert counts == [2, 2]
