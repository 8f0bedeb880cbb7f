"""Appointing, accepting, changing and dismissing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.mail import EmailMessage

from backend.accounts.models import Person, PersonKind, PersonState
from backend.accounts.sign_in import issue_token, person_of_token
from backend.agencies.actions import accept_appointment, appoint_officer, change_officer, dismiss_officer
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency, Officer
from backend.agencies.permissions import can_decide_for
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from tests.factories.people import central, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
PASSWORD = "mer-bleue-et-vent"
NEW: dict[str, Any] = {
    "email": "Lou.Petit@Agence.example", "role": "OFFICER", "given_name": " Lou ", "family_name": "Petit",
}  # fmt: skip


def france() -> Agency:
    return Agency.objects.get(country="FR")


def lead(country: str | None = "FR") -> Person:
    return officer(country, role="LEAD")


def link_of(letter: EmailMessage) -> str:
    return next(line for line in str(letter.body).splitlines() if "token=" in line).partition("token=")[2].strip()


def test_a_new_officer_sets_a_password_by_the_letter(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    boss = lead()
    with django_capture_on_commit_callbacks(execute=True):
        made = appoint_officer(france(), actor=boss, **NEW)
    person = made.person
    assert (person.kind, person.login, person.country_id) == (PersonKind.OFFICER, "lou.petit@agence.example", "FR")
    assert (str(made), person.state, bool(person.oversees)) == ("Lou Petit", PersonState.EMAIL_UNCONFIRMED, False)
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["lou.petit@agence.example"], "Your appointment at eTwinning")
    assert "Your role: Officer." in str(letter.body)
    token = link_of(letter)
    accept_appointment(token, password=PASSWORD)
    signed_in = authenticate(login="lou.petit@agence.example", password=PASSWORD)
    assert isinstance(signed_in, Person)
    assert can_decide_for(signed_in, "FR")
    assert not can_decide_for(signed_in, "PL")
    with refused("link_invalid"):
        accept_appointment(token, password="another-one-again")
    events = Event.objects.order_by("pk")
    assert [(event.kind, event.subject_id) for event in events] == [
        ("officer.appointed", made.pk),
        ("officer.accepted", made.pk),
    ]
    assert Notification.objects.get(event__kind="officer.accepted").recipient == boss


def test_the_letter_in_french(django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        appoint_officer(france(), actor=lead(), **NEW, language="fr")
    (letter,) = mailoutbox
    assert letter.subject == "Votre nomination chez eTwinning"
    assert "Veuillez choisir votre mot de passe par ce lien" in str(letter.body)


def test_an_invitation_is_good_for_two_weeks_and_only_as_it_was_sent() -> None:
    person = appoint_officer(france(), actor=lead(), **NEW).person
    token = invitation_token(person)
    for wrong in ("nonsense", token + "x", invitation_token(teacher("FR"))):
        with refused("link_invalid"):
            accept_appointment(wrong, password=PASSWORD)
    with refused("password_too_short"):
        accept_appointment(token, password="short")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=14, minutes=1)), refused("link_invalid"):
        accept_appointment(token, password=PASSWORD)
    assert Person.objects.get(pk=person.pk).state == PersonState.EMAIL_UNCONFIRMED


def test_a_dismissed_officer_is_out_and_may_come_back(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    boss, person = lead(), officer("FR", language="fr")
    token = issue_token(person)
    with django_capture_on_commit_callbacks(execute=True):
        dismissed = dismiss_officer(person.officer, actor=boss, reason="Another job.")
    person = Person.objects.get(pk=person.pk)
    assert (person.state, person.state_reason) == (PersonState.REVOKED, "Another job.")
    assert not can_decide_for(person, "FR")
    assert person_of_token(token) is None
    assert "Le motif : Another job." in str(mailoutbox[0].body)
    with refused("officer_dismissed"):
        dismiss_officer(dismissed, actor=boss, reason="Again.")
    with refused("officer_dismissed"):
        change_officer(dismissed, actor=boss, role="VIEWER")
    with django_capture_on_commit_callbacks(execute=True):
        back = appoint_officer(
            Agency.objects.get(country="PL"), actor=central(), email=person.email, role="VIEWER", reason="Moved."
        )
    assert (back.pk, back.role, back.person.state) == (dismissed.pk, "VIEWER", PersonState.VALIDATED)
    assert {*Person.objects.get(pk=person.pk).oversees.countries} == {"PL"}
    assert "token=" not in str(mailoutbox[1].body), "the password is the one they had"


def test_whose_invitation_was_withdrawn_needs_a_new_one() -> None:
    boss = lead()
    made = appoint_officer(france(), actor=boss, **NEW)
    token = invitation_token(made.person)
    dismiss_officer(made, actor=boss, reason="A mistake.")
    again = appoint_officer(france(), actor=boss, **NEW)
    with refused("link_invalid"):
        accept_appointment(token, password=PASSWORD)
    assert accept_appointment(invitation_token(again.person), password=PASSWORD).person.state == PersonState.VALIDATED


def test_a_role_is_changed_once() -> None:
    boss, person = lead(), officer("FR")
    assert change_officer(person.officer, actor=boss, role="LEAD").role == "LEAD"
    change_officer(person.officer, actor=boss, role="LEAD")
    event = Event.objects.get(kind="officer.changed")
    assert event.data == {"role": "LEAD"}
    assert Notification.objects.get(event=event).recipient == person


def test_the_last_lead_goes_by_the_central_service_only() -> None:
    boss = lead()
    with refused("last_lead"):
        dismiss_officer(boss.officer, actor=boss, reason="I leave.")
    with refused("last_lead"):
        change_officer(boss.officer, actor=boss, role="OFFICER")
    second = lead()
    assert change_officer(boss.officer, actor=boss, role="OFFICER").role == "OFFICER"
    with refused("reason_missing"):
        dismiss_officer(second.officer, actor=central(), reason=" ")
    dismiss_officer(second.officer, actor=central(), reason="The agency asked for it.")
    assert not Officer.objects.in_force().leads_of(france()).exists()


def test_the_central_services_last_lead_stays() -> None:
    boss = lead(None)
    with refused("last_lead"):
        dismiss_officer(boss.officer, actor=boss, reason="I leave.")


def test_who_may_not() -> None:
    mine = officer("FR").officer
    for actor in (officer("FR"), officer("FR", role="VIEWER"), lead("PL"), teacher("FR")):
        with refused("not_permitted"):
            appoint_officer(france(), actor=actor, **NEW)
        with refused("not_permitted"):
            change_officer(mine, actor=actor, role="VIEWER")
        with refused("not_permitted"):
            dismiss_officer(mine, actor=actor, reason="Why")
    with refused("not_permitted"):
        appoint_officer(Agency.objects.get(country=None), actor=central(), **NEW, reason="Why")
    for code, rule in (
        ("reason_missing", lambda: appoint_officer(france(), actor=central(), **NEW)),
        ("reason_missing", lambda: change_officer(mine, actor=central(), role="VIEWER")),
    ):
        with refused(code):
            rule()
    assert not Person.objects.filter(login="lou.petit@agence.example").exists()


def test_who_cannot_be_appointed() -> None:
    boss, person = lead(), teacher("FR")
    for code, given in (
        ("officer_needs_own_account", {"email": person.email}),
        ("officer_already", {"email": officer("PL").email}),
        ("email_invalid", {"email": "nobody"}),
        ("required", {"family_name": " "}),
        ("too_long", {"given_name": "x" * 81}),
        ("code_unknown", {"role": "KING"}),
    ):
        with refused(code):
            appoint_officer(france(), actor=boss, **{**NEW, **given})
    assert Person.objects.get(pk=person.pk).kind == PersonKind.STAFF
    assert not Person.objects.filter(login="lou.petit@agence.example").exists()


def test_who_sees_officers() -> None:
    boss, colleague, abroad = lead(), officer("FR"), officer("PL")
    seen = {
        name: {each.person for each in Officer.objects.visible_to(viewer)}
        for name, viewer in {"lead": boss, "officer": colleague, "teacher": teacher("FR"), "visitor": None}.items()
    }
    assert seen == {"lead": {boss, colleague}, "officer": {colleague}, "teacher": set(), "visitor": set()}
    assert {each.person for each in Officer.objects.visible_to(central())} > {boss, colleague, abroad}
    dismiss_officer(colleague.officer, actor=boss, reason="Gone.")
    assert [each.person for each in Officer.objects.visible_to(boss).serving()] == [boss]
