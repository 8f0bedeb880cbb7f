"""A country's figures, exact and published."""

from datetime import date, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.events import EmailConfirmed
from backend.agencies.actions import validate_teacher
from backend.core import clock
from backend.eventlog.record import record
from backend.monitoring.actions import publish_statistics, withdraw_statistics
from backend.monitoring.models import Publication
from backend.monitoring.rollups.rebuilding import rebuild_statistics
from backend.monitoring.statistics import Durations, Period, figures
from backend.monitoring.statistics.hiding import hide, hide_small
from backend.workspaces.actions.updates import post_update
from tests.factories.people import central, newcomer, officer, teacher
from tests.factories.projects import project, workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
MONDAY = "2026-03-02T09:00:00Z"


def today() -> Period:
    return Period(clock.now().date(), clock.now().date())


def test_figures_of_a_small_country() -> None:
    room = workspace(founders=(teacher("FR"), teacher("PL")))
    project("OPEN", founders=(teacher("FR"), teacher("PL")), subjects=["MUSIC"], ages_from=6, ages_to=8)
    project("PENDING_APPROVAL", founders=(teacher("FR"), teacher("DE")))
    post_update(room, actor=room.project.founders[0].person, text="We met.")
    post_update(room, actor=room.project.founders[1].person, text="We too.")
    rebuild_statistics()
    found = figures("FR", today())
    assert found.counts["staff_total"] == found.counts["staff_new"] == 3
    assert (found.counts["staff_everywhere"], found.counts["staff_rank"]) == (6, 1)
    assert (found.counts["schools_total"], found.counts["projects_total"], found.counts["projects_new"]) == (3, 2, 2)
    assert (found.counts["projects_active"], found.counts["projects_never_started"]) == (1, 1)
    assert (found.counts["updates"], found.counts["posts"], found.counts["workspaces_active"]) == (1, 0, 1)
    assert found.tables["partner_countries"] == {"PL": 2}
    assert found.tables["subjects"] == {"BIOLOGY": 1, "GEOGRAPHY": 1, "MUSIC": 1}
    assert found.tables["ages"] == {"3-6": 1, "7-11": 2, "12-15": 1, "16-20": 0}
    assert figures("DE", today()).counts["projects_total"] == 0
    yesterday = clock.now().date() - timedelta(days=1)
    before = figures("FR", Period(yesterday, yesterday))
    assert (before.counts["projects_new"], before.counts["updates"], before.counts["staff_total"]) == (0, 0, 3)


def test_how_long_people_waited() -> None:
    for hours in (2, 4, 30):
        with time_machine.travel(MONDAY) as clock_hand:
            person = newcomer("FR")
            record(EmailConfirmed(person), actor=person)
            clock_hand.shift(timedelta(hours=hours))
            validate_teacher(person, actor=officer("FR"))
    waited = figures("FR", Period(date(2026, 3, 2), date(2026, 3, 3))).durations["time_to_validate"]
    assert waited == Durations(3, 4.0, 24.8, 0.0, 0.8)
    assert figures("FR", Period(date(2026, 3, 2), date(2026, 3, 2))).durations["time_to_validate"].number == 2
    assert figures("PL", Period(date(2026, 3, 2), date(2026, 3, 3))).durations["time_to_validate"].number == 0


def test_queries_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    numbers = []
    for _ in range(2):
        project("OPEN")
        with django_assert_num_queries(3) as captured:
            figures("FR", today())
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_small_cells_are_hidden_also_from_subtraction() -> None:
    assert [hide(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]
    assert hide_small({"a": 20, "b": 7, "c": 4, "d": 0}) == {"a": 20, "b": None, "c": None, "d": 0}
    assert hide_small({"a": 20, "b": 3, "c": 4}) == {"a": 20, "b": None, "c": None}
    assert hide_small({"a": 20, "b": 5}) == {"a": 20, "b": 5}
    assert hide_small({"a": 1}) == {"a": None}


def test_what_is_published_and_withdrawn() -> None:
    desk = officer("FR")
    for _ in range(5):
        teacher("FR")
    period = Period(clock.now().date() - timedelta(days=30), clock.now().date() - timedelta(days=1))
    with refused("period_not_over"):
        publish_statistics("FR", actor=desk, period=Period(period.since, clock.now().date()))
    with refused("dates_reversed"):
        publish_statistics("FR", actor=desk, period=Period(period.until, period.since))
    with refused("period_too_long"):
        publish_statistics("FR", actor=desk, period=Period(date(2010, 1, 1), period.until))
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR")):
        with refused("not_permitted"):
            publish_statistics("FR", actor=actor, period=period)
    assert not Publication.objects.exists()
    rebuild_statistics()
    first = publish_statistics("FR", actor=desk, period=period)
    assert (first.counts["staff_total"], first.counts["staff_new"]) == (6, 0)
    with refused("reason_missing"):
        publish_statistics("FR", actor=central(), period=period)
    second = publish_statistics("FR", actor=central(), period=period, reason="The office is away.")
    shown = Publication.objects.visible_to(None)
    assert shown.shown_by("FR") == second
    withdraw_statistics(second, actor=desk)
    with refused("statistics_withdrawn"):
        withdraw_statistics(second, actor=desk)
    assert Publication.objects.visible_to(None).shown_by("FR") == first
    assert Publication.objects.visible_to(None).shown_by("PL") is None
