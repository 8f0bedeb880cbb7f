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
    rows = [(pair.one, pair.other, pair.total, pair.open, pair.waiting, pair.idle) for pair, _ in page.context["pairs"]]
    assert rows == [("FR", "PL", 2, 1, 1, 1), ("FR", "FR", 1, 1, 0, 1)]
    assert [total for total, _ in page.context["totals"]] == [3, 2, 1, 0, 0, 0, 2]
    assert "France – Poland" in page.text
    assert "Within France" in page.text
    assert f"{TABLE}FR-PL/?doing=waiting" in page.text
    client.force_login(central())
    assert len(client.get(TABLE).context["pairs"]) == 3
    assert len(client.get(f"{TABLE}?country=PL").context["pairs"]) == 2
    assert len(client.get(f"{TABLE}?country=PL&partner=DE").context["pairs"]) == 1
    assert len(client.get(f"{TABLE}?since=2020-01-01&until=2020-12-31").context["pairs"]) == 0


@pytest.mark.parametrize("query", ["", "?since=2020-01-01", "?country=PL", "?partner=PL", "?country=PL&partner=FR"])
@pytest.mark.parametrize("place", ["FR", None])
def test_each_total_leads_to_what_it_counts(client: Client, place: str | None, query: str) -> None:
    for one, other, state in (("FR", "PL", "OPEN"), ("PL", "FR", "PENDING_APPROVAL"), ("FR", "FR", "OPEN")):
        make(one, other, state)
    for one, other, state in (("DE", "PL", "OPEN"), ("FR", "DE", "PENDING_APPROVAL")):
        make(one, other, state)
    client.force_login(officer(place))
    totals = client.get(f"{TABLE}{query}").context["totals"]
    assert totals[0][0] > 0
    for total, url in totals:
        page = client.get(url).context["page"]
        assert len(page.rows) == total, url


def test_the_map(client: Client) -> None:
    make("FR", "PL")
    make("FR", "FR")
    client.force_login(officer("FR"))
    page = client.get(f"{TABLE}?since=2020-01-01")
    assert f'<a href="{TABLE}FR-PL/?since=2020-01-01" aria-label="Poland: 1 project">' in page.text
    assert [shape.code for shape in page.context["map"].shapes if shape.chosen] == ["FR"]
    assert len(page.context["map"].arcs) == 1
    assert "without prejudice to positions on status" in page.text
    assert "do not imply any official endorsement" in page.text
    client.force_login(central())
    page = client.get(TABLE)
    assert f'<a href="{TABLE}?country=PL" aria-label="Poland: 1 project">' in page.text
    assert "France: 2 projects" in page.text


def test_the_matrix(client: Client) -> None:
    make("FR", "PL")
    make("PL", "FR")
    make("DE", "PL")
    client.force_login(central())
    page = client.get(f"{TABLE}matrix/")
    assert page.context["countries"] == ["FR", "DE", "PL"]
    numbers = [[cell[1] and cell[1].total for cell in cells] for _, cells in page.context["rows"]]
    assert numbers == [[None, None, 2], [None, None, 1], [2, 1, None]]


@pytest.mark.parametrize(("doing", "titles"), [("open", ["A"]), ("waiting", ["B"]), ("idle", ["A"]), ("active", [])])
def test_the_projects_of_a_column(client: Client, doing: str, titles: list[str]) -> None:
    make("FR", "PL", title="A")
    make("FR", "PL", ProjectState.PENDING_APPROVAL, title="B")
    client.force_login(officer("FR"))
    page = client.get(f"{TABLE}FR-PL/?doing={doing}").context["page"]
    assert [project.title for project in page.rows] == titles


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
