"""Messages to teachers by API: an agency's own programs write them, teachers read them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from backend.core import clock
from backend.mailings.delivery import send_messages
from tests.factories.mailings import draft, reader
from tests.factories.people import officer
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
FIELDS = "... on Mailing { id title state criteria { name value } reached bounced viewerCanSend }"


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    settings.MAILING_DELAY = 10


def test_from_the_draft_to_the_inbox() -> None:
    desk, person = Api(officer("FR")), reader(language="fr", role="LIBRARIAN")
    words = [
        {"language": "EN", "subject": "May", "body": "Come."},
        {"language": "FR", "subject": "Mai", "body": "Venez."},
    ]
    made = desk.do("draftMailing", FIELDS, words=words, criteria={"role": "LIBRARIAN", "projects": "NONE"})
    assert made | {"id": ""} == {
        "__typename": "Mailing", "id": "", "title": "May", "state": "DRAFT", "reached": 0, "bounced": 0,
        "viewerCanSend": True,
        "criteria": [{"name": "projects", "value": "NONE"}, {"name": "role", "value": "LIBRARIAN"}],
    }  # fmt: skip
    assert desk.do("sendMailing", FIELDS, mailingId=made["id"])["state"] == "SCHEDULED"
    teacher = Api(person)
    mine = "{ mailings(first: 5) { edges { node { subject body reached criteria { name } viewerCanSend } } } }"
    assert teacher.ask(mine)["mailings"]["edges"] == []
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert send_messages() == 1
    assert [edge["node"] for edge in teacher.ask(mine)["mailings"]["edges"]] == [
        {"subject": "Mai", "body": "Venez.", "reached": None, "criteria": [], "viewerCanSend": False}
    ]
    (entry,) = teacher.ask("{ notifications(first: 5) { edges { node { kind sentence } } } }")["notifications"]["edges"]
    assert entry["node"]["kind"] == "mailing.arrived"
    assert "May" in entry["node"]["sentence"]
    seen = desk.ask("{ mailings(first: 5) { edges { node { state reached bounced } } } }")["mailings"]["edges"]
    assert seen == [{"node": {"state": "SENT", "reached": 1, "bounced": 0}}]
    came_back = desk.do("recordMailingBounces", FIELDS, mailingId=made["id"], addresses=[person.email])
    assert came_back["bounced"] == 1


def test_somebody_asks_for_messages_and_no_longer() -> None:
    person = Api(reader())
    assert person.ask("{ mailingConsent }") == {"mailingConsent": True}
    assert person.do("setMailingConsent", "... on MailingConsentGiven { wanted }", wanted=False)["wanted"] is False
    assert person.ask("{ mailingConsent }") == {"mailingConsent": False}
    assert Api().ask("{ mailingConsent }") == {"mailingConsent": False}


def test_filters_and_texts_are_kept() -> None:
    desk = officer("FR")
    api = Api(desk)
    api.do("saveMailingAudience", "", name="North", criteria={"region": "Nord", "ambassadors": True})
    kept = api.ask("{ mailingAudiences(first: 5) { edges { node { name criteria { name value } } } } }")
    assert kept["mailingAudiences"]["edges"] == [
        {"node": {"name": "North", "criteria": [
            {"name": "ambassadors", "value": "yes"}, {"name": "region", "value": "Nord"},
        ]}}
    ]  # fmt: skip
    given = {"agencyId": gid(desk.officer.agency), "use": "PERSON_REJECTED", "language": "EN"}
    made = api.do("writeReadyText", "... on ReadyText { id }", title="Parent", text="For staff only.", **given)
    api.do("writeReadyText", "", title="Parents", text="For staff.", readyTextId=made["id"], expectedVersion=1, **given)
    found = api.ask("{ readyTexts(first: 5, use: PERSON_REJECTED) { edges { node { title text } } } }")
    assert found["readyTexts"]["edges"] == [{"node": {"title": "Parents", "text": "For staff."}}]
    assert api.ask("{ readyTexts(first: 5, use: MESSAGE) { edges { node { id } } } }")["readyTexts"]["edges"] == []


def test_another_country_finds_nothing() -> None:
    mailing = draft()
    api = Api(officer("DE"))
    assert api.ask("query ($id: ID!) { node(id: $id) { id } }", id=gid(mailing)) == {"node": None}
    assert api.refused("sendMailing", mailingId=gid(mailing)) == ["not_found"]
