"""The principal's one notice."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from backend.accounts.models import Person
from backend.agencies.actions import edit_school, merge_schools, validate_school
from backend.agencies.models import Agency
from backend.schools.actions import join_school, register_school
from backend.schools.models import School
from tests.factories.people import SchoolFactory, newcomer, officer, teacher

pytestmark = pytest.mark.django_db
PRINCIPAL = {"principal_name": "Mme Blanc", "principal_email": "Head@Lycee.example"}


@pytest.fixture(autouse=True)
def agency() -> None:
    Agency.objects.filter(country="FR").update(
        name="Agence France", email="agence@fr.example", web_site="https://fr.example"
    )


def proposed(actor: Person, **details: Any) -> School:
    return register_school(actor=actor, name="Lycée Neuf", town="Lyon", **{**PRINCIPAL, **details})


def test_the_letter_in_english(django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposed(newcomer("FR", given_name="Ana", family_name="Silva"))
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["head@lycee.example"], "Your school takes part in eTwinning")
    for words in (
        "Good day Mme Blanc,",
        "Ana Silva has registered at eTwinning and works at your school: Lycée Neuf, Lyon.",
        "Agence France\nagence@fr.example\nhttps://fr.example",
    ):
        assert words in str(letter.body)
    assert "http://" not in str(letter.body).replace("http://127.0.0.1:8000", ""), "nothing to click but the agency"


def test_the_letter_in_french(django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposed(newcomer("FR", given_name="Ana", family_name="Silva", language="fr"), principal_name="")
    (letter,) = mailoutbox
    assert letter.subject == "Votre établissement participe à eTwinning"
    for words in ("Bonjour,", "Ana Silva participe désormais à eTwinning et travaille", "Lycée Neuf, Lyon"):
        assert words in str(letter.body)


def test_there_is_never_a_second_one(django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]) -> None:
    desk = officer("FR")
    with django_capture_on_commit_callbacks(execute=True):
        school = validate_school(proposed(newcomer("FR")), actor=desk)
        join_school(school, actor=teacher("FR"))
        edit_school(school, actor=desk, principal_name="M. Noir", principal_email="other@lycee.example")
        join_school(school, actor=teacher("FR"))
        into = SchoolFactory()
        merge_schools(school, actor=desk, into=into, reason="Twice.")
        join_school(into, actor=teacher("FR"))
    assert [letter.to for letter in mailoutbox] == [["head@lycee.example"]]


def test_the_first_who_joins_a_school_of_the_register_counts_too(
    django_capture_on_commit_callbacks: Any, mailoutbox: list[EmailMessage]
) -> None:
    known, without = SchoolFactory(principal_email="head@known.example"), SchoolFactory()
    with django_capture_on_commit_callbacks(execute=True):
        join_school(without, actor=teacher("FR"))
        join_school(known, actor=teacher("FR"))
        join_school(known, actor=teacher("FR"))
    assert [letter.to for letter in mailoutbox] == [["head@known.example"]]
