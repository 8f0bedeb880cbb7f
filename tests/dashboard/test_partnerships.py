"""The table of pairs and the projects of a pair."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.projects.models import ProjectState
from dashboard import paging
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db
TABLE = "/dashboard/partnerships/"


def make(one: str, other: str, state: str = ProjectState.OPEN, title: str = "Rivers") -> None:
    project(state, founders=(teacher(one), teacher(other)), title=title)


def test_the_table(client: Client) -> None:
    make("FR", "PL")
    make("PL", "FR", ProjectState.PENDING_APPROVAL)
    make("FR", "FR")
    make("DE", "PL")
    client.force_login(officer("FR"))
    page = client.get(TABLE)
    rows = [(pair.one, pair.other, pair.total, pair.open, pair.waiting) for pair in page.context["pairs"]]
    assert rows == [("FR", "PL", 2, 1, 1), ("FR", "FR", 1, 1, 0)]
    assert page.context["totals"] == {"total": 3, "open": 2, "waiting": 1}
    assert "France – Poland" in page.text
    assert "Within France" in page.text
    assert f"{TABLE}FR-PL/" in page.text
    client.force_login(central())
    assert len(client.get(TABLE).context["pairs"]) == 3
    assert len(client.get(f"{TABLE}?country=PL").context["pairs"]) == 2
    assert len(client.get(f"{TABLE}?country=PL&partner=DE").context["pairs"]) == 1


def test_nothing_yet(client: Client) -> None:
    client.force_login(officer("FR"))
    assert "No partnership yet" in client.get(TABLE).text
    assert "No project yet" in client.get(f"{TABLE}FR-PL/").text


def test_the_projects_of_a_pair(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    for title in ("One", "Two", "Three"):
        make("FR", "PL", title=title)
    make("FR", "DE", title="Other")
    client.force_login(officer("PL"))
    first = client.get(f"{TABLE}FR-PL/").context["page"]
    assert [p.title for p in first.rows] == ["Three", "Two"]
    second = client.get(f"{TABLE}FR-PL/{first.next}").context["page"]
    assert ([p.title for p in second.rows], second.next, second.first) == (["One"], "", "?")


@pytest.mark.parametrize("pair", ["DE-PL", "FR-ZZ", "ZZ-ZZ", "FR-fr"])
def test_other_and_unknown_pairs_are_not_found(client: Client, pair: str) -> None:
    client.force_login(officer("FR"))
    assert client.get(f"{TABLE}{pair}/").status_code == 404


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.force_login(officer("FR"))
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make("FR", "PL")
        with django_assert_max_num_queries(12) as captured:
            client.get(TABLE)
            client.get(f"{TABLE}FR-PL/")
        counts.append(len(captured))
    assert len(set(counts)) == 1
