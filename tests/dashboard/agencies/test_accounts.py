"""Closing and restoring an account and naming an ambassador, from a person's record."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.models import Person, PersonState
from backend.eventlog.models import Event
from tests.factories.people import newcomer, officer, teacher

pytestmark = pytest.mark.django_db


def url(person: Person, page: str = "person") -> str:
    return reverse(f"dashboard:{page}", args=[person.pk])


def test_an_account_is_closed_and_opened_again(client: Client, desk: Person) -> None:
    person = teacher("FR", given_name="Ana", family_name="Silva")
    before = Event.objects.count()
    assert client.post(url(person, "revoke_teacher"), {"text": " "}).status_code == 422
    assert Event.objects.count() == before
    answer = client.post(url(person, "revoke_teacher"), {"text": "Left."}, follow=True)
    assert answer.redirect_chain == [(url(person), 302)]
    assert "The account of Ana Silva is closed." in answer.text
    assert "Open the account again" in answer.text
    answer = client.post(url(person, "restore_teacher"), {"text": "Back."}, follow=True)
    assert "The account of Ana Silva is open again." in answer.text
    person.refresh_from_db()
    assert (person.state, person.state_reason) == (PersonState.VALIDATED, "Back.")


def test_an_ambassador_is_named_and_no_longer(client: Client, desk: Person) -> None:
    person = teacher("FR", given_name="Ana", family_name="Silva")
    answer = client.post(url(person, "name_ambassador"), {"is_ambassador": "yes"}, follow=True)
    assert "Ana Silva is an ambassador." in answer.text
    assert "No longer an ambassador" in answer.text
    client.post(url(person, "name_ambassador"), {"is_ambassador": "no"})
    person.refresh_from_db()
    assert not person.is_ambassador


def test_buttons_only_where_they_do_something(client: Client, desk: Person) -> None:
    assert "Name an ambassador" not in client.get(url(newcomer("FR"))).text
    client.force_login(officer("FR", role="VIEWER"))
    person = teacher("FR")
    assert "Name an ambassador" not in client.get(url(person)).text
    assert client.post(url(person, "revoke_teacher"), {"text": "Why"}).status_code == 403
