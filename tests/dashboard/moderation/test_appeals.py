"""Appeals on the dashboard: who decides, and what they see."""

import pytest
from django.test import Client

from backend.accounts.models import PersonState
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.models import Appeal, AppealState
from tests.factories.moderation import sanction
from tests.factories.people import officer, teacher

pytestmark = pytest.mark.django_db
LIST = "/dashboard/appeals/"


def appeal(by: object = None) -> Appeal:
    made = sanction(teacher("FR", given_name="Ana", family_name="Silva"), by=by)  # type: ignore[arg-type]
    return appeal_decision(made, actor=made.person, text="It was my cousin")


def test_another_officer_overturns_a_suspension(client: Client) -> None:
    asked = appeal()
    client.force_login(officer("FR"))
    assert "Ana Silva" in client.get(LIST).text
    page = f"{LIST}{asked.pk}/"
    assert "It was my cousin" in client.get(page).text
    answer = client.post(f"{page}decide/", {"verdict": "OVERTURNED", "text": "It was"}, follow=True)
    assert "The decision is overturned." in answer.text
    asked.refresh_from_db()
    asked.sanction.person.refresh_from_db()
    assert (asked.state, asked.reason) == (AppealState.OVERTURNED, "It was")
    assert asked.sanction.person.state == PersonState.VALIDATED
    assert "Ana Silva" not in client.get(LIST).text
    assert "Ana Silva" in client.get(f"{LIST}?state=decided").text
    assert "It was my cousin" in client.get(page).text


def test_nobody_decides_about_their_own_decision(client: Client) -> None:
    decided = officer("FR")
    asked = appeal(decided)
    client.force_login(decided)
    page = f"{LIST}{asked.pk}/"
    text = client.get(page).text
    assert "You had a part in the decision" in text
    assert "Overturn" not in text
    assert client.post(f"{page}decide/", {"verdict": "UPHELD", "text": "Right"}).status_code == 403
    asked.refresh_from_db()
    assert asked.state == AppealState.OPEN


def test_what_was_typed_stays_when_the_verdict_is_missing(client: Client) -> None:
    asked = appeal()
    client.force_login(officer("FR"))
    answer = client.post(f"{LIST}{asked.pk}/decide/", {"text": "Because"})
    assert (answer.status_code, "Because" in answer.text) == (422, True)
    assert "No appeal was decided yet" in client.get(f"{LIST}?state=decided").text
