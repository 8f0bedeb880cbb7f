"""What everybody may see: published figures, without session or cookie, small ones hidden."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.monitoring.actions import publish_statistics, withdraw_statistics
from backend.monitoring.models import Publication
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.monitoring.statistics import Period
from backend.monitoring.statistics.hiding import hide_small
from tests.factories.people import officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def published(country: str = "FR") -> Publication:
    for _ in range(6):
        teacher(country)
    project("OPEN", founders=(teacher(country), teacher("PL")))
    rebuild_statistics()
    made = publish_statistics(country, actor=officer(country), period=YEAR)
    Publication.objects.filter(pk=made.pk).update(
        tables={
            **made.tables,
            "subjects": {"MUSIC": None, "ART": 12, "LAW": 5},
            "ages": dict.fromkeys(made.tables["ages"], 0),
        }
    )
    return Publication.objects.get(pk=made.pk)


def test_anybody_reads_it_and_nothing_is_kept_of_them(client: Client) -> None:
    published()
    for path in ("/statistics/", "/statistics/FR/", "/statistics/FR.csv"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert "Cookie" not in answer.headers["Vary"]
    page = client.get("/statistics/FR/").text
    assert "fewer than 5" in page
    assert page.index("Art") < page.index("Law") < page.index("Music")
    assert client.get("/statistics/PL/").status_code == client.get("/statistics/XX/").status_code == 404
    assert client.get("/statistics/PL.csv").status_code == 404


def test_the_same_is_not_sent_twice_and_changes_are(client: Client) -> None:
    made = published()
    first = client.get("/statistics/FR/")
    again = client.get("/statistics/FR/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    french = client.get("/statistics/FR/", headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "fr"})
    assert (french.status_code, "moins de 5" in french.text) == (200, True)
    withdraw_statistics(made, actor=officer("FR"))
    assert client.get("/statistics/FR/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 404
    assert "Nothing is published yet" in client.get("/statistics/").text


def test_the_file_has_what_the_page_has(client: Client) -> None:
    published()
    rows = list(csv.reader(io.StringIO(client.get("/statistics/FR.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["Part", "Figure", "Number"]
    assert ["France", "Registered staff", "7"] in rows
    assert [row[1:] for row in rows if row[0] == "Subjects"] == [["Art", "12"], ["Law", "5"], ["Music", ""]]


def test_the_newest_of_each_country(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    published()
    newest = publish_statistics("FR", actor=officer("FR"), period=Period(date(2024, 1, 1), date(2024, 12, 31)))
    assert list(Publication.objects.newest_shown()) == [newest]
    with django_assert_max_num_queries(3):
        assert "1 Jan 2024 to 31 Dec 2024" in client.get("/statistics/").text


@pytest.mark.parametrize("numbers", [(1, 1), (4, 4, 4), (3,), (1, 1, 1, 1)])
def test_a_sum_does_not_tell_hidden_ones(numbers: tuple[int, ...]) -> None:
    """Whoever knows the sum finds more than one way to make it up."""
    table = {f"small{place}": number for place, number in enumerate(numbers)} | {"large": 40, "next": 9}
    hidden = [table[code] for code, number in hide_small(table).items() if number is None]
    assert sorted(hidden) == sorted([*numbers, 9])
