"""From the form to the agency's queue, and what is refused on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from backend.accounts.actions import answer_information, confirm_email, register_teacher
from backend.accounts.models import Person, PersonState
from backend.accounts.registration import confirmation_token
from backend.agencies.actions import (
    reject_school,
    reject_teacher,
    request_information,
    validate_school,
    validate_teacher,
)
from backend.core.guards import Refused
from backend.eventlog.models import Event
from backend.schools.actions import join_school, register_school
from backend.schools.models import MembershipState, SchoolState
from tests.factories.people import PersonFactory, SchoolFactory, central, newcomer, officer, teacher

pytestmark = pytest.mark.django_db

FORM = {
    "email": "Ana.Silva@Escola.example",
    "password": "mar-azul-e-vento",
    "given_name": " Ana ",
    "family_name": "Silva",
    "country": "PT",
    "consents": True,
}


def codes(error: ValidationError) -> dict[str, str]:
    return {field: errors[0].code or "" for field, errors in error.error_dict.items()}


def test_a_teacher_registers_and_confirms(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        person = register_teacher(**FORM, language="fr")
    assert person
    assert (person.login, person.given_name, person.state) == (
        "ana.silva@escola.example",
        "Ana",
        PersonState.EMAIL_UNCONFIRMED,
    )
    letter = mail.outbox[0]
    token = confirmation_token(person)
    assert letter.to == ["ana.silva@escola.example"]
    assert "/confirm-email/?token=" in letter.body
    assert '<html lang="fr">' in letter.alternatives[0][0]

    with time_machine.travel(datetime(2026, 3, 6, 12, tzinfo=UTC), tick=False), pytest.raises(ValidationError):
        confirm_email(token + "x")
    person = confirm_email(token)
    assert person.state == PersonState.PENDING
    assert confirm_email(token).state_since == person.state_since
    kinds = Event.objects.filter(subject_id=person.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["person.registered", "person.email_confirmed"]


def test_the_agency_has_five_working_days() -> None:
    with time_machine.travel(datetime(2026, 3, 6, 12, tzinfo=UTC), tick=False):  # a Friday
        person = register_teacher(**FORM)
        assert person
        assert confirm_email(confirmation_token(person)).due_at == datetime(2026, 3, 13, 12, tzinfo=UTC)


def test_a_link_is_good_for_three_days() -> None:
    person = register_teacher(**FORM)
    assert person
    token = confirmation_token(person)
    with (
        time_machine.travel(datetime.now(UTC) + timedelta(days=3, minutes=1)),
        pytest.raises(ValidationError) as refused,
    ):
        confirm_email(token)
    assert codes(refused.value) == {"token": "link_invalid"}


def test_registering_a_confirmed_address_again_changes_nothing() -> None:
    person = register_teacher(**FORM)
    assert person
    confirm_email(confirmation_token(person))
    register_teacher(**{**FORM, "given_name": "Anna", "password": "vento-e-mar-azul"})
    person.refresh_from_db()
    assert (person.given_name, person.check_password(FORM["password"])) == ("Ana", True)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"email": "nobody"}, {"email": "email_invalid"}),
        ({"given_name": "  "}, {"given_name": "required"}),
        ({"family_name": "x" * 81}, {"family_name": "too_long"}),
        ({"country": "ZZ"}, {"country": "country_unknown"}),
        ({"consents": False}, {"consents": "consent_missing"}),
        ({"password": "short"}, {"password": "password_too_short"}),
        ({"role": "PARENT"}, {"role": "code_unknown"}),
    ],
)
def test_what_is_refused(wrong: dict[str, Any], expected: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        register_teacher(**{**FORM, **wrong})
    assert codes(refused.value) == expected
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_a_known_address_is_not_given_away(django_capture_on_commit_callbacks: Any) -> None:
    teacher("PT", email="ana.silva@escola.example", login="ana.silva@escola.example")
    with django_capture_on_commit_callbacks(execute=True):
        assert register_teacher(**FORM) is None
    assert Person.objects.count() == 1
    assert mail.outbox[0].subject == "You have an eTwinning account already"


def test_an_officer_of_the_country_validates() -> None:
    person = newcomer("PT")
    for outsider in (officer("ES"), officer("PT", role="VIEWER"), teacher("PT"), person):
        with pytest.raises(PermissionDenied):
            validate_teacher(person, actor=outsider)
    assert not Event.objects.exists()
    validated = validate_teacher(person, actor=officer("PT"))
    assert (validated.state, validated.due_at) == (PersonState.VALIDATED, None)
    assert validated.school_memberships.get().state == MembershipState.VALIDATED
    with pytest.raises(ValidationError) as again:
        validate_teacher(person, actor=officer("PT"))
    assert again.value.code == "person_not_pending"


def test_the_central_service_says_why() -> None:
    person = newcomer("PT")
    with pytest.raises(ValidationError) as refused:
        validate_teacher(person, actor=central())
    assert codes(refused.value) == {"reason": "reason_missing"}
    assert validate_teacher(person, actor=central(), reason="No officer this week").state == PersonState.VALIDATED


def test_a_rejection_carries_a_reason() -> None:
    person = newcomer("PT")
    with pytest.raises(ValidationError):
        reject_teacher(person, actor=officer("PT"), reason="  ")
    rejected = reject_teacher(person, actor=officer("PT"), reason="Not at this school.")
    assert (rejected.state, rejected.state_reason) == (PersonState.REJECTED, "Not at this school.")


def test_a_question_and_its_answer() -> None:
    person = newcomer("PT")
    asked = request_information(person, actor=officer("PT"), question="Which subject?")
    assert asked.state == PersonState.INFORMATION_REQUESTED
    answered = answer_information(asked, actor=asked, answer="Maths.")
    assert answered.state == PersonState.PENDING
    inquiry = answered.inquiries.get()
    assert (inquiry.question, inquiry.answer) == ("Which subject?", "Maths.")


def test_a_proposed_school_comes_first() -> None:
    person = PersonFactory(country_id="PT", state=PersonState.PENDING)
    with pytest.raises(ValidationError) as nowhere:
        validate_teacher(person, actor=officer("PT"))
    assert nowhere.value.code == "school_missing"
    school = register_school(actor=person, name="Escola  Nova", town="Braga", official_number="pt-1")
    assert (school.name, school.official_number, school.state) == ("Escola Nova", "PT-1", SchoolState.PROPOSED)
    with pytest.raises(ValidationError) as unknown:
        validate_teacher(person, actor=officer("PT"))
    assert unknown.value.code == "school_not_validated"
    validate_school(school, actor=officer("PT"))
    assert validate_teacher(person, actor=officer("PT")).school == school


def test_a_rejected_school_leaves_the_person_without_one() -> None:
    person = PersonFactory(country_id="PT", state=PersonState.PENDING)
    school = register_school(actor=person, name="Escola Nova", town="Braga")
    assert reject_school(school, actor=officer("PT"), reason="A company.").state == SchoolState.REJECTED
    person.refresh_from_db()
    assert person.school is None
    assert person.school_memberships.get().state == MembershipState.REJECTED


def test_an_official_number_is_taken_once() -> None:
    SchoolFactory(country_id="PT", official_number="PT-1")
    person = PersonFactory(country_id="PT", state=PersonState.PENDING)
    with pytest.raises(ValidationError) as refused:
        register_school(actor=person, name="Another", town="Porto", official_number="PT-1")
    assert codes(refused.value) == {"official_number": "school_number_taken"}
    assert not person.school_memberships.exists()


def test_a_further_school_waits_for_a_check() -> None:
    person = teacher("PT")
    first = person.school
    other = SchoolFactory(country_id="PT")
    assert join_school(other, actor=person).state == MembershipState.PENDING
    waiting = Person.objects.waiting_for(officer("PT"))
    assert list(waiting) == [person]
    validate_teacher(person, actor=officer("PT"))
    assert {m.state for m in person.school_memberships.all()} == {MembershipState.VALIDATED}
    person.refresh_from_db()
    assert person.school == first
    assert not Person.objects.waiting_for(officer("PT")).exists()


def test_schools_of_other_countries_and_twice_the_same_are_refused() -> None:
    person = teacher("PT")
    assert person.school
    with pytest.raises(ValidationError) as elsewhere:
        join_school(SchoolFactory(country_id="ES"), actor=person)
    assert codes(elsewhere.value) == {"school": "school_elsewhere"}
    with pytest.raises(ValidationError) as twice:
        join_school(person.school, actor=person)
    assert codes(twice.value) == {"school": "already_member_of_school"}
    with pytest.raises(Refused):
        join_school(SchoolFactory(country_id="PT", state=SchoolState.PROPOSED), actor=person)
