"""Drafts of messages to teachers, and whom they would reach."""

from typing import Any

import pytest

from backend.accounts.models import Person, PersonState
from backend.agencies.models import Agency
from backend.eventlog.models import Event, EventCountry
from backend.mailings.actions.consent import set_mailing_consent
from backend.mailings.actions.writing import draft_mailing, edit_mailing, remove_audience, save_audience
from backend.mailings.models import Mailing, MailingAudience
from backend.mailings.search import audience
from backend.projects.models import ProjectState
from tests.factories.mailings import WORDS, draft, reader
from tests.factories.people import SchoolFactory, central, officer, teacher
from tests.factories.projects import project
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def france() -> Agency:
    return Agency.objects.get(country="FR")


def reached(**criteria: Any) -> set[Person]:
    return set(audience(france(), criteria))


def test_only_validated_teachers_of_the_own_country_who_want_messages() -> None:
    person = reader()
    teacher("FR")  # never said so
    stopped = reader()
    set_mailing_consent(actor=stopped, wanted=False)
    reader("DE")
    reader(state=PersonState.SUSPENDED)
    assert reached() == {person}
    set_mailing_consent(actor=stopped, wanted=True)
    assert reached() == {person, stopped}


def test_the_filters() -> None:
    north = SchoolFactory(region="Nord", type="PRIMARY")
    one = reader(school=north, role="LIBRARIAN", is_ambassador=True)
    one.subjects.add("MUSIC")
    one.languages.add("de")
    other = reader()
    founder, partner = reader(), teacher("PL")
    project(ProjectState.OPEN, founders=(founder, partner))
    assert reached() == {one, other, founder}
    for criteria in (
        {"region": "Nord"}, {"school_type": "PRIMARY"}, {"role": "LIBRARIAN"}, {"ambassadors": True},
        {"subject": "MUSIC"}, {"language": "de"},
    ):  # fmt: skip
        assert reached(**criteria) == {one}, criteria
    assert reached(projects="OPEN") == {founder}
    assert reached(projects="NONE") == {one, other}
    assert reached(region="Nord", projects="OPEN") == set()


def test_a_draft_in_two_languages() -> None:
    desk = officer("FR")
    mailing = draft(desk, role="TEACHER", region="")
    assert (mailing.title, mailing.language, mailing.criteria) == ("Seminar in May", "en", {"role": "TEACHER"})
    assert {text.language: text.subject for text in mailing.texts.all()} == {
        "en": "Seminar in May", "fr": "Séminaire en mai",
    }  # fmt: skip
    assert mailing.text_for("fr").body == "Venez à Lyon."
    assert mailing.text_for("pl").subject == "Seminar in May"
    event = Event.objects.get(kind="mailing.drafted")
    assert (event.actor, EventCountry.objects.get(event=event).country_id) == (desk, "FR")


def test_a_draft_is_edited() -> None:
    desk = officer("FR")
    mailing = draft(desk)
    words = {"en": {"subject": " ", "body": ""}, "fr": {"subject": "Mai", "body": "Oui."}}
    edited = edit_mailing(mailing, actor=desk, words=words, criteria={"projects": "NONE"})
    assert (edited.title, edited.language, edited.criteria) == ("Mai", "fr", {"projects": "NONE"})
    assert [text.language for text in edited.texts.all()] == ["fr"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({}, "mailing_text_missing"),
        ({"en": {"subject": " ", "body": ""}}, "mailing_text_missing"),
        ({"en": {"subject": "A", "body": ""}}, "mailing_text_incomplete"),
        ({"en": {"subject": "A" * 161, "body": "B"}}, "too_long"),
        ({"xx": {"subject": "A", "body": "B"}}, "code_unknown"),
    ],
)
def test_words_that_are_refused(words: dict[str, dict[str, str]], code: str) -> None:
    with refused(code):
        draft_mailing(france(), actor=officer("FR"), words=words, criteria={})
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    "criteria", [{"role": "KING"}, {"subject": "ALCHEMY"}, {"language": "xx"}, {"projects": "MANY"}]
)
def test_filters_that_nobody_knows(criteria: dict[str, str]) -> None:
    with refused("code_unknown"):
        draft_mailing(france(), actor=officer("FR"), words=WORDS, criteria=criteria)
    assert not Mailing.objects.exists()


def test_only_the_agency_itself_writes_to_its_teachers() -> None:
    mailing = draft()
    for actor in (
        officer("DE"),
        officer("FR", role="VIEWER"),
        officer("FR", role="DELEGATE"),
        central(),
        teacher("FR"),
    ):
        with refused("not_permitted"):
            draft_mailing(france(), actor=actor, words=WORDS, criteria={})
        with refused("not_permitted"):
            edit_mailing(mailing, actor=actor, words=WORDS, criteria={})
        with refused("not_permitted"):
            save_audience(france(), actor=actor, name="All", criteria={})
    assert Mailing.objects.count() == 1


def test_filters_are_kept_under_a_name() -> None:
    desk = officer("FR")
    saved = save_audience(france(), actor=desk, name=" Librarians ", criteria={"role": "LIBRARIAN"})
    again = save_audience(france(), actor=desk, name="Librarians", criteria={"role": "LIBRARIAN", "region": "Nord"})
    assert (saved.pk, again.name, again.criteria) == (again.pk, "Librarians", {"role": "LIBRARIAN", "region": "Nord"})
    assert list(MailingAudience.objects.visible_to(desk)) == [saved]
    assert list(MailingAudience.objects.visible_to(central())) == [saved]
    assert not MailingAudience.objects.visible_to(officer("DE")).exists()
    with refused("required"):
        save_audience(france(), actor=desk, name=" ", criteria={})
    with refused("not_permitted"):
        remove_audience(saved, actor=officer("DE"))
    remove_audience(saved, actor=desk)
    assert not MailingAudience.objects.exists()
