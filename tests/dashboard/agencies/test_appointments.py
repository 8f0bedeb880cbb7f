"""The page behind the link of a new officer's letter."""

import pytest
from django.test import Client

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import appoint_officer
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency
from tests.factories.people import officer

pytestmark = pytest.mark.django_db
PASSWORD = "mer-bleue-et-vent"


def invited() -> Person:
    boss, agency = officer("FR", role="LEAD"), Agency.objects.get(country="FR")
    return appoint_officer(
        agency, actor=boss, email="lou@agence.example", role="OFFICER", given_name="Lou", family_name="Petit"
    ).person


def test_an_officer_sets_a_password_and_signs_in(client: Client) -> None:
    token = invitation_token(invited())
    assert token in client.get("/appointment/", {"token": token}).text
    short = client.post("/appointment/", {"token": token, "password": "short"})
    assert (short.status_code, token in short.text, 'value="short"' in short.text) == (400, True, False)
    assert "Your password is set." in client.post("/appointment/", {"token": token, "password": PASSWORD}).text
    assert Person.objects.get(login="lou@agence.example").state == PersonState.VALIDATED
    assert client.login(login="lou@agence.example", password=PASSWORD)


def test_a_used_link_says_so(client: Client) -> None:
    token = invitation_token(invited())
    client.post("/appointment/", {"token": token, "password": PASSWORD})
    again = client.post("/appointment/", {"token": token, "password": "another-word-again"})
    assert (again.status_code, "not valid any more" in again.text) == (400, True)
    assert not client.login(login="lou@agence.example", password="another-word-again")
