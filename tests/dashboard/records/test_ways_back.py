"""From a record back to where its cases wait."""

import pytest
from django.test import Client

from tests.dashboard.addresses.every import make
from tests.dashboard.addresses.records import RECORDS
from tests.factories.people import officer

pytestmark = pytest.mark.django_db

QUEUES = {
    "person": "queues/people", "school": "queues/schools", "project": "queues/projects", "report": "queues/reports",
    "label": "queues/labels", "help_request": "queues/help", "appeal": "appeals",
}  # fmt: skip


@pytest.mark.parametrize("page", QUEUES)
def test_a_record_leads_back_to_its_own_queue(client: Client, page: str) -> None:
    client.force_login(officer("FR"))
    html = client.get(make(RECORDS, page)).text
    assert f'<a class="back" href="/dashboard/{QUEUES[page]}/">' in html
