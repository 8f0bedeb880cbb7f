"""Closing, reopening and editing schools."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import close_school, edit_school, reject_school, reopen_school
from backend.eventlog.models import Event
from backend.notifications.models import Notification
from backend.schools.actions import join_school, register_school
from backend.schools.models import MembershipState, School, SchoolState
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[Person]:
    return {entry.recipient for entry in Notification.objects.filter(event__kind=kind).select_related("recipient")}


def test_a_closed_school_tells_its_people_to_choose_another(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    school = SchoolFactory(name="Lycée Ancien", town="Lyon")
    worker, waiting = teacher("FR", school=school), newcomer("FR", school=school, language="fr")
    further = teacher("FR")
    join_school(school, actor=further)
    with django_capture_on_commit_callbacks(execute=True):
        closed = close_school(school, actor=officer("FR"), reason="It moved into another one.")
    assert (closed.state, closed.state_reason) == (SchoolState.CLOSED, "It moved into another one.")
    assert told("school.closed") == {worker, waiting, further}
    letters = {letter.to[0]: letter for letter in mailoutbox}
    assert set(letters) == {worker.email, waiting.email, further.email}
    assert letters[worker.email].subject == "Please choose another school"
    for words in ("Lycée Ancien, Lyon", "The reason: It moved into another one.", "choose the school"):
        assert words in str(letters[worker.email].body)
    assert letters[waiting.email].subject == "Veuillez choisir un autre établissement"
    assert "Le motif : It moved into another one." in str(letters[waiting.email].body)
    assert school.memberships.get(person=worker).state == MembershipState.VALIDATED
    for person in (waiting, further):
        assert person.school_memberships.get(school=school).state == MembershipState.REJECTED
        person.refresh_from_db()
    assert (waiting.school, waiting.state, further.due_at) == (None, PersonState.PENDING, None)


def test_a_reopened_school_has_its_people_again() -> None:
    person = teacher("FR")
    assert person.school
    school = close_school(person.school, actor=officer("FR"), reason="A mistake.")
    assert list(School.objects.visible_to(None)) == [school]
    reopened = reopen_school(school, actor=officer("FR"))
    assert (reopened.state, told("school.reopened")) == (SchoolState.VALIDATED, {person})
    assert join_school(reopened, actor=teacher("FR")).state == MembershipState.PENDING


def test_closing_and_reopening_in_the_wrong_state_or_hands() -> None:
    school, proposed = SchoolFactory(), SchoolFactory(state=SchoolState.PROPOSED)
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR", school=school)):
        for rule in (close_school, reopen_school):
            with refused("not_permitted"):
                rule(school, actor=actor, reason="Why")
    with refused("school_not_validated"):
        close_school(proposed, actor=officer("FR"), reason="Why")
    with refused("reason_missing"):
        close_school(school, actor=officer("FR"), reason=" ")
    with refused("school_not_closed"):
        reopen_school(school, actor=officer("FR"))
    with refused("reason_missing"):
        reopen_school(school, actor=central())
    assert {*School.objects.values_list("state", flat=True)} == {"VALIDATED", "PROPOSED"}


def test_who_waits_at_a_rejected_school_waits_no_longer() -> None:
    person = teacher("FR")
    school = register_school(actor=person, name="Ours", town="Lyon")
    person.refresh_from_db()
    assert person.due_at is not None
    reject_school(school, actor=officer("FR"), reason="A company.")
    person.refresh_from_db()
    assert (person.due_at, person.state) == (None, PersonState.VALIDATED)


OWN: dict[str, Any] = {
    "presentation": " We like maps. ", "web_site": " https://lycee.example ", "ages_from": 15, "ages_to": 18,
    "pupil_count": 640,
}  # fmt: skip


def test_its_people_keep_the_harmless_details() -> None:
    person = teacher("FR")
    assert person.school
    school = edit_school(person.school, actor=person, **OWN)
    assert (school.presentation, school.web_site, school.ages_to) == ("We like maps.", "https://lycee.example", 18)
    assert school.pupil_count == 640
    assert Event.objects.get().kind == "school.edited"
    edit_school(school, actor=person, **OWN)
    assert Event.objects.count() == 1, "nothing changed"


def test_official_details_are_the_agencys() -> None:
    person = teacher("FR")
    school = person.school
    assert school
    for detail in ({"name": "New"}, {"official_number": "1"}, {"address": "2"}, {"principal_email": "a@b.example"}):
        with refused("school_official_details"):
            edit_school(school, actor=person, **OWN, **detail)
    edited = edit_school(school, actor=officer("FR"), name="Lycée  Neuf", town="Bron", official_number="1a")
    assert (edited.name, edited.official_number, edited.search_text) == ("Lycée Neuf", "1A", "lycee neuf bron")
    assert told("school.corrected") == {person}


def test_whoever_proposed_a_school_corrects_it_until_somebody_decided() -> None:
    person = newcomer("FR")
    school = register_school(actor=person, name="Lycé", town="Lyon")
    assert edit_school(school, actor=person, name="Lycée").name == "Lycée"
    School.objects.update(state=SchoolState.VALIDATED)
    with refused("not_permitted"):
        edit_school(school, actor=person, name="Mine")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("required", {"name": " "}),
        ("too_long", {"town": "x" * 121}),
        ("link_not_web", {"web_site": "nowhere"}),
        ("email_invalid", {"principal_email": "nobody"}),
        ("ages_reversed", {"ages_from": 19}),
        ("age_out_of_range", {"ages_to": 40}),
        ("code_unknown", {"type": "CASTLE"}),
        ("school_number_taken", {"official_number": "taken"}),
    ],
)
def test_what_cannot_be_written(code: str, given: dict[str, Any]) -> None:
    SchoolFactory(official_number="TAKEN")
    school = SchoolFactory(name="Ours", ages_to=18)
    with refused(code):
        edit_school(school, actor=officer("FR"), **given)
    school.refresh_from_db()
    assert (school.name, school.ages_from, school.official_number) == ("Ours", None, "")


def test_who_may_not_edit_at_all() -> None:
    school, gone = SchoolFactory(), SchoolFactory(state=SchoolState.REJECTED)
    colleague = newcomer("FR", school=school)
    for actor in (teacher("FR"), colleague, officer("PL"), officer("FR", role="VIEWER")):
        with refused("not_permitted"):
            edit_school(school, actor=actor, pupil_count=1)
    with refused("reason_missing"):
        edit_school(school, actor=central(), pupil_count=1)
    with refused("school_gone"):
        edit_school(gone, actor=officer("FR"), pupil_count=1)
