"""The first page an officer sees."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person
from backend.agencies.actions import validate_teacher
from backend.core import clock
from backend.moderation.actions.sanctions import appeal_decision
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.projects.models import HandOver, ProjectState
from tests.factories.moderation import sanction
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import hand_over, project

pytestmark = pytest.mark.django_db


def test_an_empty_desk_says_what_will_come(client: Client, desk: Person) -> None:
    html = client.get("/dashboard/").text
    assert "Everything is decided" in html
    assert "When somebody confirms the e-mail address after registering" in html
    assert "Nothing is recorded yet." in html


def test_counts_oldest_and_longest_waiting(client: Client, desk: Person) -> None:
    late = newcomer(given_name="Ana", family_name="Silva")
    since, due = clock.now() - timedelta(days=9), clock.now() - timedelta(days=2)
    Person.objects.filter(pk=late.pk).update(state_since=since, due_at=due)
    newcomer()
    newcomer("PL")
    rivers = project(ProjectState.PENDING_APPROVAL, title="Rivers")
    html = client.get("/dashboard/").text
    assert '<span class="figure" data-count="people">2</span>' in html
    assert '<span class="figure" data-count="projects">1</span>' in html
    assert "1 overdue" in html
    assert "Oldest: 9 days" in html
    assert html.index("Ana Silva") < html.index(rivers.title)


def test_what_waits_besides_the_six(client: Client, desk: Person) -> None:
    assert "Also waiting" not in client.get("/dashboard/").text
    warned = sanction(teacher("FR"), "WARNING")
    appeal_decision(warned, actor=warned.person, text="Why?")
    late = hand_over()
    HandOver.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(days=1))
    html = client.get("/dashboard/").text
    assert 'href="/dashboard/appeals/">1 appeal</a>' in html
    assert 'href="/dashboard/queues/projects/">1 hand-over, 1 overdue</a>' in html
    assert 'Appeals <span class="count"><span>1</span>' in html
    client.force_login(officer("PL"))
    assert "Also waiting" not in client.get("/dashboard/").text


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


def test_what_changed_since_the_last_visit(client: Client, desk: Person) -> None:
    validate_teacher(newcomer(given_name="Ana", family_name="Silva"), actor=desk)
    assert "since your last visit" not in client.get("/dashboard/").text
    with time_machine.travel(clock.now() + timedelta(hours=20)):
        validate_teacher(newcomer(given_name="Eva", family_name="Silva"), actor=desk)
        html = client.get("/dashboard/").text
        assert "What changed since your last visit" in html
        assert html.count('<li class="new">') == 1
        html = client.get("/dashboard/").text  # still the same visit
        assert html.count('<li class="new">') == 1


def test_a_spoilt_cookie_is_no_visit(client: Client, desk: Person) -> None:
    client.cookies["visits"] = "nonsense"
    assert "since your last visit" not in client.get("/dashboard/").text


def test_first_steps_until_they_are_done(client: Client, desk: Person) -> None:
    person = newcomer()
    assert client.get("/dashboard/").text.count("To do") == 3
    client.post("/dashboard/queues/people/next/")
    client.post(f"/dashboard/people/{person.pk}/validate/")
    assert client.get("/dashboard/").text.count("To do") == 1
    client.post("/dashboard/queues/people/views/", {"name": "New", "query": "state=new"})
    assert "First steps" not in client.get("/dashboard/").text
    client.force_login(officer("FR", role="VIEWER"))
    assert "First steps" not in client.get("/dashboard/").text


def test_one_search_for_everything(client: Client, desk: Person) -> None:
    ana = newcomer(given_name="Ana", family_name="Silva", email="ana@school.example")
    newcomer("DE", given_name="Ana", family_name="Silber")
    school = SchoolFactory(name="Collège Silvacane", town="Aix")
    rivers = project(ProjectState.PENDING_APPROVAL, title="Silva and its rivers")

    def found(words: str) -> tuple[list[Any], list[Any], list[Any]]:
        result = client.get("/dashboard/search/", {"q": words}).context["found"]
        return result.people, result.schools, result.projects

    assert found("silv") == ([ana], [school], [rivers])
    assert found("ANA silva") == ([ana], [], [])
    assert found("ana@school.example") == ([ana], [], [])
    assert found("s") == ([], [], [])
    assert "Nothing found" in client.get("/dashboard/search/?q=zzz").text
    assert "Type a name" in client.get("/dashboard/search/").text


def test_who_we_work_with_and_registrations_by_month(client: Client, desk: Person) -> None:
    assert "No partnership yet" in client.get("/dashboard/").text
    with time_machine.travel(clock.now() - timedelta(days=62)):
        teacher("FR")
    project(ProjectState.OPEN, founders=(teacher("FR"), teacher("PL")))
    rebuild_statistics()
    page = client.get("/dashboard/")
    assert 'href="/dashboard/partnerships/FR-PL/" aria-label="Poland: 1 project"' in page.text
    assert [number for _month, number, _url in page.context["rows"] if number] == [1, 1]
    delegate = officer("FR", role="DELEGATE")
    delegate.officer.regions = ["FRK"]
    delegate.officer.save(update_fields=["regions"])
    client.force_login(delegate)
    page = client.get("/dashboard/")
    assert (page.status_code, "Who we work with" in page.text) == (200, False)
