"""The same addresses as the tables have, for the other roles: a lead, a delegate of elsewhere, and who gave no second factor."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from backend.accounts.models import Person
from backend.agencies.models import Officer
from backend.eventlog.models import Event
from tests.dashboard.addresses.account import ACCOUNT
from tests.dashboard.addresses.every import DECIDING, READING, make
from tests.dashboard.addresses.world import ASK, DONE, Area
from tests.factories.people import officer

pytestmark = pytest.mark.django_db

OWN, VIEWER = 3, 4
# What a lead may besides. A note goes whoever wrote it; a question of somebody can be closed once.
LEADS = {
    **dict.fromkeys(("edit_agency", "set_policy", "set_label_policy", "appoint_officer", "change_officer"), DONE),
    "dismiss_officer": ASK, "remove_note": DONE, "close_help": DONE,
}  # fmt: skip
FIGURES = ("statistics", "period_report", "exports", "european_labels", "rows", "export", "partnership")
# What belongs to the office, and not to a place in the country.
OFFICE = {"text": 200, "remove_text": 403, "remove_view": DONE}


def test_a_lead_may_what_an_officer_may_and_more() -> None:
    lead = officer("FR", role="LEAD")
    expected = {page: LEADS.get(page, answers(area, page)[OWN]) for area, page in READING + DECIDING}
    assert dict(tried(lead)) == expected


def test_a_delegate_of_another_region_finds_nothing_of_this_one() -> None:
    delegate = officer("FR", role="DELEGATE")
    Officer.objects.filter(person=delegate).update(regions=["Elsewhere"])
    expected = {page: elsewhere(area, page) for area, page in READING + DECIDING}
    assert dict(tried(Person.objects.get(pk=delegate.pk))) == expected


def elsewhere(area: Area, page: str) -> int:
    if page in FIGURES or (page in area.about and page not in OFFICE):
        return 404
    return OFFICE.get(page, answers(area, page)[VIEWER])


def test_nothing_opens_without_the_second_factor() -> None:
    client = Client()
    client.force_login(officer("FR", second_factor=False))
    own = {page for area, page in READING + DECIDING if area is ACCOUNT}
    before = Event.objects.count()
    for page, answer, wrote in sent(client):
        if page not in own:
            assert (page, answer.status_code, answer["Location"]) == (page, 302, "/dashboard/settings/second-factor/")
            assert not wrote
    assert Event.objects.count() == before


def answers(area: Area, page: str) -> tuple[int, ...]:
    return area.reading[page] if page in area.reading else area.deciding[page]


def tried(person: Person) -> Iterator[tuple[str, int]]:
    client = Client()
    client.force_login(person)
    yield from ((page, answer.status_code) for page, answer, _wrote in sent(client))


def sent(client: Client) -> Iterator[tuple[str, Any, bool]]:
    """Every address, read or sent to; nothing of it stays."""
    for area, page in READING + DECIDING:
        with transaction.atomic():
            path = make(area, page)
            before = Event.objects.count()
            if page in area.reading:
                answer = client.get(path)
            else:
                answer = client.post(path, {"side": "FR", **area.sent.get(page, {})})
            yield page, answer, Event.objects.count() > before
            transaction.set_rollback(True)
