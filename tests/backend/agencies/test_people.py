"""Closing and restoring accounts, and naming ambassadors."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from backend.accounts.models import Person, PersonState
from backend.accounts.sign_in import issue_token, person_of_token
from backend.agencies.actions import name_ambassador, restore_teacher, revoke_teacher
from backend.agencies.models import Agency
from backend.eventlog.models import Event, EventCountry
from backend.moderation.actions.sanctions import lift_suspension
from backend.notifications.models import Notification
from backend.partners.search import search_teachers
from backend.schools.actions import join_school
from tests.factories.moderation import sanction
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_who_left_the_school_is_out_and_reads_why(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    Agency.objects.filter(country="FR").update(name="Agence France", email="agence@fr.example")
    person, desk = teacher("FR"), officer("FR")
    token = issue_token(person)
    with django_capture_on_commit_callbacks(execute=True):
        revoked = revoke_teacher(person, actor=desk, reason="The principal told us.")
    assert (revoked.state, revoked.state_reason) == (PersonState.REVOKED, "The principal told us.")
    assert person_of_token(token) is None
    assert not Person.objects.visible_to(teacher("PL")).filter(pk=person.pk).exists()
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([person.email], "Your eTwinning account is closed")
    for words in ("The reason: The principal told us.", "Agence France\nagence@fr.example"):
        assert words in str(letter.body)
    event = Event.objects.get(kind="person.revoked")
    assert (event.actor, EventCountry.objects.get(event=event).country_id) == (desk, "FR")
    assert Notification.objects.get(event=event).recipient == person


def test_a_restored_account_is_as_it_was(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    person = teacher("FR", language="fr")
    join_school(SchoolFactory(country_id="FR"), actor=person)
    revoke_teacher(person, actor=officer("FR"), reason="Gone.")
    assert not Person.objects.waiting_for(officer("FR")).exists()
    with django_capture_on_commit_callbacks(execute=True):
        restored = restore_teacher(person, actor=officer("FR"), reason="Back again.")
    assert (restored.state, restored.school) == (PersonState.VALIDATED, person.school)
    assert restored.due_at is not None, "the further school waits for its check again"
    assert list(Person.objects.waiting_for(officer("FR"))) == [person]
    (letter,) = mailoutbox
    assert (letter.to, "Back again." in str(letter.body)) == ([person.email], True)
    assert letter.subject == "Votre compte eTwinning est de nouveau ouvert"


def test_closing_an_account_and_suspending_it_do_not_mix() -> None:
    """A suspension follows from a report and ends as such; a closed account stays closed when it ends."""
    person, desk = teacher("FR"), officer("FR")
    sanction(person)
    with refused("teacher_not_validated"):
        revoke_teacher(person, actor=desk, reason="Gone.")
    with refused("teacher_not_revoked"):
        restore_teacher(person, actor=desk, reason="Back.")
    lift_suspension(person, actor=desk, reason="Enough.")
    revoke_teacher(person, actor=desk, reason="Gone.")
    assert Person.objects.get(pk=person.pk).state == PersonState.REVOKED


def test_only_officers_of_the_country_close_and_restore() -> None:
    person = teacher("FR")
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR"), person):
        for rule in (revoke_teacher, restore_teacher):
            with refused("not_permitted"):
                rule(person, actor=actor, reason="Why")
        with refused("not_permitted"):
            name_ambassador(person, actor=actor, is_ambassador=True)
    with refused("reason_missing"):
        revoke_teacher(person, actor=officer("FR"), reason=" ")
    revoke_teacher(person, actor=central(), reason="No officer this week.")
    with refused("reason_missing"):
        restore_teacher(person, actor=officer("FR"), reason="")
    assert Person.objects.get(pk=person.pk).state == PersonState.REVOKED


def test_an_ambassador_is_found_and_told() -> None:
    person, desk = teacher("FR"), officer("FR")
    teacher("FR")
    name_ambassador(person, actor=desk, is_ambassador=True)
    assert list(search_teachers(teacher("PL"), ambassador=True)) == [person]
    name_ambassador(person, actor=desk, is_ambassador=True)
    name_ambassador(person, actor=desk, is_ambassador=False)
    assert not search_teachers(teacher("PL"), ambassador=True).exists()
    entries = Notification.objects.filter(recipient=person).order_by("pk")
    assert [entry.event.kind for entry in entries] == ["person.ambassador_named", "person.ambassador_ended"]


def test_an_ambassador_is_validated_staff() -> None:
    for person in (newcomer("FR"), officer("FR")):
        with refused("teacher_not_validated"):
            name_ambassador(person, actor=officer("FR"), is_ambassador=True)
    with refused("reason_missing"):
        name_ambassador(teacher("FR"), actor=central(), is_ambassador=True)
    assert not Person.objects.filter(is_ambassador=True).exists()
