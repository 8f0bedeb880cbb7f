"""Every number leads to the rows it counts, and the two agree."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.accounts.events import EmailConfirmed
from backend.accounts.models import Person
from backend.agencies.actions import validate_teacher
from backend.core import clock
from backend.eventlog.record import record
from backend.moderation.actions.reports import decide_report
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.schools.models import SchoolMembership
from backend.workspaces.actions.updates import post_update
from tests.factories import labels, moderation
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, workspace
from tests.factories.scene import Scene

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<a href="([^"]+)">(\d+)</a>')
CARD = re.compile(r'<a href="([^"]+)"><span class="figure" data-count="\w+">(\d+)</span>')
OVERDUE = re.compile(r'<a class="chip bad" href="([^"]+)">(\d+) overdue</a>')
SHAPE = re.compile(r'<a href="([^"]+)" aria-label="[^"]+: (\d+) projects?">')
TAB = re.compile(r'<a href="([^"]+)"[^>]*>[^<]+ <span class="count">(\d+)</span></a>')


def fill() -> None:
    """Something of everything, some of it long ago."""
    with time_machine.travel(clock.now() - timedelta(days=70)):
        old = workspace(founders=(teacher("FR"), teacher("DE")), subjects=["MUSIC"], ages_from=5, ages_to=9)
        post_update(old, actor=old.project.founders[0].person, text="Long ago")
    Scene()
    project("PENDING_APPROVAL", founders=(teacher("PL"), teacher("FR")))
    project("OPEN", founders=(teacher("FR"), teacher("FR")))
    labels.awarded(labels.application())
    labels.refused(labels.application())
    labels.application()
    decide_report(
        moderation.report(teacher("FR"), actor=teacher("PL")), actor=officer("FR"), outcome="NO_ACTION", reason="No"
    )
    moderation.report(teacher("FR"), actor=teacher("PL"))
    moderation.help_request(actor=teacher("FR"))
    person = newcomer("FR")
    record(EmailConfirmed(person), actor=person)
    validate_teacher(person, actor=officer("FR"))
    newcomer("FR")
    for _ in range(2):  # somebody validated joins two further schools: one person waits
        SchoolMembership.objects.create(person=person, school=SchoolFactory())
    rebuild_statistics()


def walk(client: Client, start: str) -> int:
    """Follows each linked number of a page, on cards, maps and tabs too; returns how many there were."""
    text = client.get(start).text
    links = [link for kind in (NUMBER, CARD, OVERDUE, SHAPE, TAB) for link in kind.findall(text)]
    for url, number in links:
        assert (url, shown(client, urljoin(start, unescape(url)))) == (url, int(number))
    return len(links)


def shown(client: Client, url: str) -> int:
    """How many rows the page behind a number says or lists."""
    context = client.get(url, follow=True).context
    if "total" in context:
        return int(context["total"])
    return int(context["totals"][0][0] if "totals" in context else len(context["page"].rows))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "monitor/",
        "statistics/",
        "statistics/report/",
        "partnerships/",
        "statistics/?since=2020-01-01&until=2020-12-31",
    ],
)
def test_numbers_and_rows_agree(client: Client, address: str) -> None:
    fill()
    client.force_login(officer("FR"))
    assert walk(client, f"/dashboard/{address}") > 4


@pytest.mark.parametrize(
    "address",
    [
        "",
        "monitor/",
        "statistics/",
        "partnerships/",
        "partnerships/?country=FR",
        "partnerships/matrix/",
        "statistics/?country=PL",
    ],
)
def test_so_they_do_for_the_central_service(client: Client, address: str) -> None:
    fill()
    client.force_login(central())
    assert walk(client, f"/dashboard/{address}") > 4


@pytest.mark.parametrize(
    "address",
    [
        "statistics/",
        "statistics/report/",
        "statistics/FR/staff/",
        "statistics/FR/opened/",
        "monitor/",
        "partnerships/",
        "exports/",
    ],
)
@pytest.mark.parametrize("who", ["FR", None])
def test_pages_cost_twelve_queries_however_much_there_is(
    client: Client, who: str | None, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            room = workspace(founders=(teacher("FR"), teacher("PL")))
            post_update(room, actor=room.project.founders[0].person, text="Here")
        client.force_login(officer(who))
        with django_assert_max_num_queries(12) as captured:
            assert client.get(f"/dashboard/{address}").status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_figures_of_others_do_not_exist(client: Client) -> None:
    client.force_login(officer("FR"))
    for path in ("PL/staff/", "all/staff/", "FR/nothing/", "XX/staff/"):
        assert client.get(f"/dashboard/statistics/{path}").status_code == 404
    client.force_login(central())
    assert client.get("/dashboard/statistics/all/staff/").status_code == 200


def test_a_period_that_cannot_be_is_said(client: Client) -> None:
    client.force_login(officer("FR"))
    page = client.get("/dashboard/statistics/?since=2026-02-01&until=2026-01-01")
    assert "The last day comes before the first" in page.text or 'class="note warn"' in page.text


def test_the_report_says_whose_it_is(client: Client) -> None:
    client.force_login(officer("FR"))
    page = client.get("/dashboard/statistics/report/?since=2025-09-01&until=2026-08-31").text
    assert "Period report: France" in page
    assert "1 Sept 2025 to 31 Aug 2026" in page
    assert Person.objects.filter(country="FR").exists()
