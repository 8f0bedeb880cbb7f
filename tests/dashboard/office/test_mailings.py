"""Writing to teachers from the dashboard."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.agencies.actions.texts import write_text
from backend.core import clock
from backend.mailings.actions.sending import send_mailing
from backend.mailings.actions.writing import save_audience
from backend.mailings.delivery import send_messages
from backend.mailings.links import stop_token
from backend.mailings.models import Mailing, MailingAudience, MailingConsent, MailingState
from tests.factories.mailings import draft, reader
from tests.factories.people import SchoolFactory, central, officer
from tests.support.api import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    settings.MAILING_DELAY = 10


def test_from_the_empty_form_to_a_cancelled_message() -> None:
    reader(role="LIBRARIAN")
    desk = client_of(officer("FR"))
    assert "No message yet" in desk.get(reverse("dashboard:mailings")).text
    typed = {"role": "LIBRARIAN", "save_as": "Librarians", "subject_en": "May", "body_en": "Come.", "step": "save"}
    kept = desk.post(reverse("dashboard:draft_mailing"), typed, follow=True)
    assert "It would reach one teacher." in kept.text
    assert "Librarian" in kept.text
    mailing, saved = Mailing.objects.get(), MailingAudience.objects.get()
    assert (mailing.title, mailing.criteria, saved.name, saved.criteria) == (
        "May", {"role": "LIBRARIAN"}, "Librarians", {"role": "LIBRARIAN"},
    )  # fmt: skip
    sent = desk.post(reverse("dashboard:send_mailing", args=[mailing.pk]), {"at": ""}, follow=True)
    assert "Cancel the message" in sent.text
    gone = desk.post(reverse("dashboard:cancel_mailing", args=[mailing.pk]), follow=True)
    assert "is cancelled: nobody gets it" in gone.text
    mailing.refresh_from_db()
    assert mailing.state == MailingState.CANCELLED


def test_what_was_typed_stays_when_it_is_refused() -> None:
    desk = client_of(officer("FR"))
    answer = desk.post(
        reverse("dashboard:draft_mailing"),
        {"subject_en": "May", "body_en": "", "body_fr": "Venez <tous>.", "role": "X"},
    )
    assert answer.status_code == 422
    assert 'value="May"' in answer.text
    assert "Venez &lt;tous&gt;." in answer.text
    answer = desk.post(reverse("dashboard:draft_mailing"), {"subject_en": "May", "body_en": "", "save_as": "All"})
    assert (answer.status_code, "Please write both the subject and the text." in answer.text) == (422, True)
    assert not Mailing.objects.exists()


def test_a_refused_message_keeps_no_filters_either() -> None:
    """Both or none: the form is one."""
    desk = client_of(officer("FR"))
    desk.post(reverse("dashboard:draft_mailing"), {"subject_en": "May", "body_en": "", "save_as": "All"})
    assert not MailingAudience.objects.exists()


def test_kept_filters_and_a_ready_text_are_filled_in() -> None:
    person = officer("FR")
    SchoolFactory(region="Nord")
    kept = save_audience(person.officer.agency, actor=person, name="North", criteria={"region": "Nord"})
    ready = write_text(
        person.officer.agency, actor=person, use="MESSAGE", language="fr", title="Bonjour", text="Chers collègues,"
    )
    typed = {"step": "fill", "audience": str(kept.pk), "ready": str(ready.pk), "role": "TEACHER", "subject_en": "Hello"}
    answer = client_of(person).post(reverse("dashboard:draft_mailing"), typed)
    assert answer.status_code == 200
    for shown in ('value="Bonjour"', "Chers collègues,", 'value="Hello"', '<option value="Nord" selected>'):
        assert shown in answer.text
    assert '<option value="TEACHER" selected>' not in answer.text
    assert not Mailing.objects.exists()


def test_an_hour_that_has_passed_is_refused_beside_its_field() -> None:
    reader()
    mailing = draft()
    answer = client_of(officer("FR")).post(
        reverse("dashboard:send_mailing", args=[mailing.pk]), {"at": "2020-01-01T10:00"}
    )
    assert answer.status_code == 422
    assert "Please give an hour that lies ahead, at most 90 days." in answer.text
    assert 'value="2020-01-01T10:00"' in answer.text


def test_the_numbers_of_a_sent_message() -> None:
    desk = officer("FR")
    for _ in range(3):
        reader()
    mailing = send_mailing(draft(desk), actor=desk)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        send_messages()
    answer = client_of(central()).get(reverse("dashboard:mailing", args=[mailing.pk]))
    assert "<dt>Letters sent</dt><dd>3</dd>" in answer.text
    assert "Cancel the message" not in answer.text


def test_a_viewer_reads_and_has_no_button() -> None:
    mailing, viewer = draft(), client_of(officer("FR", role="VIEWER"))
    assert "Write a message" not in viewer.get(reverse("dashboard:mailings")).text
    text = viewer.get(reverse("dashboard:mailing", args=[mailing.pk])).text
    assert (">Send</button>" in text, "Officers of this agency send it." in text) == (False, True)


def test_the_link_of_a_letter_needs_a_button_first() -> None:
    person = reader()
    path = f"/stop-messages/?token={stop_token(person)}"
    assert "Messages of your agency" in Client().get(path).text
    assert MailingConsent.objects.filter(person=person, withdrawn_at=None).exists()
    assert Client().post(path).status_code == 200
    assert not MailingConsent.objects.filter(person=person, withdrawn_at=None).exists()
    assert Client().post("/stop-messages/?token=forged").status_code == 400
