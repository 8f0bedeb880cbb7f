"""The page behind the link of the registration letter."""

import pytest
from django.test import Client

from backend.accounts.models import PersonState
from backend.accounts.registration import confirmation_token
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_click_confirms_and_a_visit_does_not() -> None:
    person = PersonFactory(state=PersonState.EMAIL_UNCONFIRMED)
    token = confirmation_token(person)
    client = Client()
    page = client.get("/confirm-email/", {"token": token})
    assert token in page.content.decode()
    person.refresh_from_db()
    assert person.state == PersonState.EMAIL_UNCONFIRMED
    assert "Thank you" in client.post("/confirm-email/", {"token": token}).content.decode()
    person.refresh_from_db()
    assert person.state == PersonState.PENDING


def test_a_wrong_link_says_so() -> None:
    page = Client().post("/confirm-email/", {"token": "nonsense"})
    assert (page.status_code, "not valid any more" in page.content.decode()) == (400, True)
    assert "Register once more with the same address" in page.content.decode()
