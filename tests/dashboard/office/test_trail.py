"""The audit trail's page, and the system page of the central service."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.agencies.actions import reject_teacher, validate_teacher
from backend.core.jobs import known_jobs
from backend.core.models import JobRun
from tests.factories.mailings import draft
from tests.factories.people import central, newcomer, officer
from tests.support.api import client_of

pytestmark = pytest.mark.django_db


def rows(client: Client, **filters: str) -> list[str]:
    text = client.get(reverse("dashboard:trail"), filters).text
    return [line.partition("</th>")[0] for line in text.split("<tr>")[2:]]


def test_who_did_what_to_whom_and_when() -> None:
    one, other = officer("FR", given_name="Maud", family_name="Rossi", search_text="maud rossi"), officer("FR")
    ana = newcomer("FR", given_name="Ana", family_name="Costa", search_text="ana costa")
    validate_teacher(ana, actor=one)
    reject_teacher(newcomer("FR"), actor=other, reason="No.")
    desk = client_of(one)
    assert len(rows(desk)) == 2
    for filters in (
        {"actor": "rossi"}, {"subject": "Costa"}, {"kind": "person.validated"}, {"actor": "Maud", "subject": "ana"},
    ):  # fmt: skip
        (found,) = rows(desk, **filters)
        assert "Maud Rossi validated Ana Costa" in found, filters
    assert rows(desk, until="2020-01-01") == []
    assert len(rows(desk, since="2020-01-01", kind="nonsense")) == 2
    assert rows(client_of(officer("DE"))) == []
    assert len(rows(client_of(central()), country="FR")) == 2
    assert rows(client_of(central()), country="DE") == []


def test_pages_begin_after_the_last_row() -> None:
    desk = officer("FR")
    for _ in range(51):
        draft(desk)
    client = client_of(desk)
    text = client.get(reverse("dashboard:trail"), {"kind": "mailing.drafted"}).text
    assert text.count("<tr>") == 51
    after = text.partition("?kind=mailing.drafted&amp;after=")[2].partition('"')[0]
    assert client.get(reverse("dashboard:trail"), {"kind": "mailing.drafted", "after": after}).text.count("<tr>") == 2


@pytest.mark.parametrize("page", ["trail", "mailings", "officers", "texts", "settings"])
def test_pages_cost_the_same_at_ten_rows(page: str) -> None:
    desk = officer("FR", role="LEAD")
    client, counts = client_of(desk), []
    for number in (1, 9):
        for _ in range(number):
            draft(desk)
            officer("FR")
        client.get(reverse(f"dashboard:{page}"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(f"dashboard:{page}"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_system_page_tells_of_jobs_backlogs_and_absent_agencies() -> None:
    newcomer("FR")
    call_command("send_messages")
    who = client_of(central())
    with CaptureQueriesContext(connection) as queries:
        text = who.get(reverse("dashboard:system")).text
    assert len(queries) <= 12
    assert "0 letters." in text
    for name in known_jobs():
        assert name in text
    assert ">France<" in text or "France" in text
    assert "2026-09" in text


def test_a_job_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Any:
        raise CommandError("The disk is full.\nSecret rows")

    monkeypatch.setattr("backend.mailings.management.commands.send_messages.send_messages", fail)
    with pytest.raises(CommandError):
        call_command("send_messages")
    run = JobRun.objects.get(name="send_messages")
    assert (run.has_failed, run.result) == (True, "CommandError: The disk is full.")
    assert "Failed" in client_of(central()).get(reverse("dashboard:system")).text
