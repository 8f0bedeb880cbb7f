"""Passing a report on to the central service, on the dashboard."""

import pytest
from django.test import Client

from backend.moderation.actions.reports import escalate_report
from backend.moderation.models import Report
from tests.factories.moderation import report
from tests.factories.people import central, officer, teacher

pytestmark = pytest.mark.django_db
QUEUE = "/dashboard/queues/reports/"
FORM = "/escalate/"


def test_an_officer_passes_a_report_on(client: Client) -> None:
    made = report(teacher("FR"), actor=teacher("PL"))
    client.force_login(officer("FR", given_name="Zoé", family_name="Petit"))
    page = f"/dashboard/reports/{made.pk}/"
    assert FORM in client.get(page).text
    assert "Passed on" not in client.get(QUEUE).text
    assert client.post(f"{page}escalate/", {"text": " "}).status_code == 422
    answer = client.post(f"{page}escalate/", {"text": "Two countries"}, follow=True)
    assert "The report is passed on to the central service." in answer.text
    assert "Passed on" in client.get(QUEUE).text
    text = client.get(page).text
    assert all(words in text for words in ("Passed on to the central service", "Zoé Petit", "Two countries"))
    assert FORM not in text
    assert Report.objects.get().escalation_reason == "Two countries"


def test_the_central_service_finds_them(client: Client) -> None:
    passed, other = (report(teacher("FR"), actor=teacher("PL")) for _ in range(2))
    escalate_report(passed, actor=officer("FR"), reason="Hard")
    client.force_login(central())
    assert FORM not in client.get(f"/dashboard/reports/{other.pk}/").text
    everything, found = client.get(QUEUE).text, client.get(f"{QUEUE}?escalated=yes").text
    assert [str(one.pk) in everything for one in (passed, other)] == [True, True]
    assert [str(one.pk) in found for one in (passed, other)] == [True, False]


def test_an_agency_has_no_filter_for_them(client: Client) -> None:
    report(teacher("FR"), actor=teacher("PL"))
    client.force_login(officer("FR"))
    assert 'name="escalated"' not in client.get(f"{QUEUE}?escalated=yes").text
    assert "Nothing fits these filters" not in client.get(f"{QUEUE}?escalated=yes").text
