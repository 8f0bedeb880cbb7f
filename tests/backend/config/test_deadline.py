"""Every request ends within eleven seconds, whoever asks and by whatever way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from backend.core.deadline import TimedOut, ensure_time, is_timeout, within_time
from backend.core.models import NOBODY
from backend.eventlog.cursors import START, Cursor
from backend.eventlog.threads import in_database
from dashboard.streaming import Table
from graphql_schema.delivery.sources import WorkspaceSource, look
from tests.support.server import Server

ENDLESS = "WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting) SELECT count(*) FROM counting"
LONGEST = 11.0  # seconds


def ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def short(settings: Any) -> Iterator[None]:
    """Statements may last no longer than an instant, here and on PostgreSQL."""
    settings.REQUEST_TIMEOUT, settings.STATEMENT_TIMEOUT = 0.1, 0.1
    if connection.vendor == "postgresql":
        ask("SET statement_timeout = '200ms'")
    yield
    if connection.vendor == "postgresql":
        connection.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_statement_that_lasts_is_ended(short: None) -> None:
    with within_time(), pytest.raises(OperationalError) as ended:
        ask(ENDLESS)
    assert is_timeout(ended.value)
    ask("SELECT 1")


@pytest.mark.django_db
def test_once_the_time_is_over_nothing_begins(settings: Any) -> None:
    settings.REQUEST_TIMEOUT = -1.0
    with within_time():
        settings.REQUEST_TIMEOUT = 60.0
        with within_time(), pytest.raises(TimedOut):  # beginning again inside gives no more time
            ask("SELECT 1")
        with pytest.raises(TimedOut):
            ensure_time()
    ask("SELECT 1")


@pytest.mark.django_db
def test_a_page_says_that_it_took_too_long(settings: Any) -> None:
    settings.REQUEST_TIMEOUT = -1.0
    answer = Client().get(reverse("public_statistics"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "This took too long" in answer.content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
async def test_what_a_subscription_asks_for_one_person_ends_too(settings: Any) -> None:
    settings.REQUEST_TIMEOUT = -1.0
    with pytest.raises(TimedOut):
        await in_database(ask)("SELECT 1")
    await in_database(ask, is_for_many=True)("SELECT 1")


@pytest.mark.django_db
def test_what_a_room_reads_for_all_and_each_batch_of_a_table_end_too(settings: Any) -> None:
    settings.REQUEST_TIMEOUT = -1.0
    with pytest.raises(TimedOut):
        look(WorkspaceSource(NOBODY), Cursor(NOBODY, START, 0), [])
    with pytest.raises(TimedOut):
        list(Table(["One"], [[1]], prepare=lambda rows: ask("SELECT 1")))
    assert list(Table(["One"], [[1]])) == [[1]]


@contextmanager
def writers_wait() -> Iterator[None]:
    """Somebody holds what each sign-in has to write."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            if other.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            else:
                other.set_autocommit(False)
                cursor.execute("LOCK TABLE accounts_signinattempt IN ACCESS EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


@pytest.mark.live
def test_a_server_whose_database_is_stuck_answers(server: Server) -> None:
    page, login = reverse("dashboard:sign_in"), 'mutation { login(input: {login: "a", password: "b"}) { __typename } }'
    with httpx.Client(base_url=server.url, timeout=60) as browser, writers_wait():
        browser.get(page)
        form = {"login": "a@fr.example", "password": "b", "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        for send, status in (
            (lambda: browser.post(page, data=form), 503),
            (lambda: browser.post("/graphql", json={"query": login}), 200),
        ):
            begun = time.monotonic()
            answer = send()
            assert time.monotonic() - begun < LONGEST
            assert answer.status_code == status
        assert answer.json()["errors"][0]["extensions"]["code"] == "TIMED_OUT"
