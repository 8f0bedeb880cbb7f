"""The first page an officer sees."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person
from backend.agencies.actions import validate_teacher
from backend.core import clock
from backend.projects.models import ProjectState
from tests.factories.people import newcomer, officer
from tests.factories.projects import project

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Person:
    person = officer("FR", given_name="Lou", family_name="Petit")
    client.force_login(person)
    return person


def test_an_empty_desk_says_what_will_come(client: Client, desk: Person) -> None:
    html = client.get("/dashboard/").text
    assert "Everything is decided" in html
    assert "Nobody waits. New requests will appear here." in html
    assert "Nothing is recorded yet." in html


def test_counts_oldest_and_longest_waiting(client: Client, desk: Person) -> None:
    late = newcomer(given_name="Ana", family_name="Silva")
    since, due = clock.now() - timedelta(days=9), clock.now() - timedelta(days=2)
    Person.objects.filter(pk=late.pk).update(state_since=since, due_at=due)
    newcomer()
    newcomer("PL")
    rivers = project(ProjectState.PENDING_APPROVAL, title="Rivers")
    html = client.get("/dashboard/").text
    assert '<span class="figure">2</span>' in html
    assert '<span class="figure">1</span>' in html
    assert "1 overdue" in html
    assert "Oldest: 9 days" in html
    assert html.index("Ana Silva") < html.index(rivers.title)


def test_what_happened_lately(client: Client, desk: Person) -> None:
    validate_teacher(newcomer(given_name="Ana", family_name="Silva"), actor=desk)
    assert "Lou Petit validated Ana Silva." in client.get("/dashboard/").text
    client.force_login(officer("PL"))
    assert "Ana Silva" not in client.get("/dashboard/").text


def test_the_menu_marks_the_page_and_counts(client: Client, desk: Person) -> None:
    newcomer()
    html = client.get("/dashboard/").text
    assert '<a href="/dashboard/" aria-current="page">Today</a>' in html
    assert 'People <span class="count"><span data-count="people">1</span>' in html


def test_queries_do_not_grow(
    client: Client, desk: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 9):
        for _ in range(number):
            newcomer()
            validate_teacher(newcomer(), actor=desk)
            project(ProjectState.PENDING_APPROVAL)
        with django_assert_max_num_queries(12) as captured:
            client.get("/dashboard/")
        counts.append(len(captured))
    assert len(set(counts)) == 1
