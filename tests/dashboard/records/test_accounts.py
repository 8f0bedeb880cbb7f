"""Behind a page that asks once more: erasing a person and resetting a second factor; and what a person sees."""

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import request_information
from backend.partners.actions import send_message
from tests.factories.labels import application
from tests.factories.moderation import sanction
from tests.factories.people import newcomer, officer, teacher
from tests.factories.projects import contacts, project, workspace

pytestmark = pytest.mark.django_db


def url(person: Person, page: str) -> str:
    return reverse(f"dashboard:{page}", args=[person.pk])


def test_a_person_is_erased_after_a_warning(client: Client) -> None:
    client.force_login(officer("FR"))
    ana = teacher("FR", given_name="Ana", family_name="Silva")
    workspace(founders=(ana, teacher("PL")), title="Rivers")
    project(founders=(ana, teacher("DE")), title="Nobody’s business yet")
    text = client.get(url(ana, "erasure")).text
    assert "Rivers" in text
    assert "Nobody’s business" not in text
    assert "And of 1 draft that only its founders read." in text
    assert "This cannot be undone." in text
    assert client.post(url(ana, "erase_person"), {"text": " "}).status_code == 422
    answer = client.post(url(ana, "erase_person"), {"text": "Asked by letter"}, follow=True)
    assert "Ana Silva is erased." in answer.text
    ana.refresh_from_db()
    assert (ana.state, ana.family_name) == (PersonState.ERASED, "")


def test_a_lost_second_factor_of_a_teacher(client: Client) -> None:
    client.force_login(officer("FR"))
    ana = teacher("FR")
    assert "No second factor is set up." in client.get(url(ana, "factor_of")).text
    TOTPDevice.objects.create(user=ana)
    answer = client.post(url(ana, "reset_second_factor"), {"text": "Telephone lost"}, follow=True)
    assert answer.redirect_chain == [(url(ana, "person"), 302)]
    assert not TOTPDevice.objects.filter(user=ana).exists()


def test_a_lead_resets_an_officers(client: Client) -> None:
    lou = officer("FR", given_name="Lou", family_name="Petit")
    client.force_login(officer("FR"))
    assert client.get(url(lou, "factor_of")).status_code == 404
    client.force_login(officer("FR", role="LEAD"))
    assert url(lou, "factor_of") in client.get(reverse("dashboard:officers")).text
    answer = client.post(url(lou, "reset_second_factor"), {"text": "Telephone lost"}, follow=True)
    assert answer.redirect_chain == [(reverse("dashboard:officers"), 302)]
    assert not TOTPDevice.objects.filter(user=lou).exists()


def test_what_they_see_and_nothing_private(client: Client) -> None:
    desk = officer("FR")
    client.force_login(desk)
    ana, friend = teacher("FR"), teacher("PL")
    contacts(ana, friend)
    send_message(friend, actor=ana, text="A secret")
    room = workspace(founders=(ana, friend), title="Rivers")
    application(room.project, applicant=ana)
    sanction(ana, "WARNING")
    text = client.get(url(ana, "person_seen")).text
    for shown in ("Everything is open", "Rivers", "Not here", "Warning"):
        assert shown in text
    assert "A secret" not in text
    asked = newcomer("FR")
    request_information(asked, actor=desk, question="Which subject?")
    text = client.get(url(asked, "person_seen")).text
    assert "The agency has a question." in text
    assert "Which subject?" in text


def test_a_note_is_kept_and_removed(client: Client) -> None:
    client.force_login(officer("FR"))
    person = newcomer("FR")
    answer = client.post(url(person, "note_person"), {"text": "x" * 100_000})
    assert answer.status_code == 422
    assert answer.text.count("x" * 100_000) == 1  # in its own box, not in the one that the person reads
    answer = client.post(url(person, "note_person"), {"text": "Call in May."}, follow=True)
    assert "Call in May." in answer.text
    answer = client.post(reverse("dashboard:remove_note", args=[person.notes.get().pk]), follow=True)
    assert "Call in May." not in answer.text


def test_a_suspension_ends_before_its_day(client: Client) -> None:
    client.force_login(officer("FR"))
    ana = teacher("FR", given_name="Ana", family_name="Silva")
    assert "End the suspension" not in client.get(url(ana, "person")).text
    suspended = sanction(ana, "SUSPENSION")
    text = client.get(url(ana, "person")).text
    for shown in ("Suspended", suspended.reason, "End the suspension"):
        assert shown in text
    assert client.post(url(ana, "lift_suspension"), {"text": " "}).status_code == 422
    answer = client.post(url(ana, "lift_suspension"), {"text": "It was a mistake."}, follow=True)
    assert answer.redirect_chain == [(url(ana, "person"), 302)]
    assert "The suspension of Ana Silva is over." in answer.text
    suspended.refresh_from_db()
    assert (suspended.is_in_force, suspended.end_reason) == (False, "It was a mistake.")


def test_a_viewer_reads_of_a_suspension_and_cannot_end_it(client: Client) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    ana = teacher("FR")
    suspended = sanction(ana, "SUSPENSION")
    text = client.get(url(ana, "person")).text
    assert suspended.reason in text
    assert "End the suspension" not in text
