"""Another e-mail address for the same account."""

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from backend.accounts.actions import change_email, change_password, confirm_email, register_teacher, reset_password
from backend.accounts.letters import reset_token
from backend.accounts.models import Person
from backend.eventlog.models import Event, EventCountry
from tests.factories.people import PASSWORD, teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import Api
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
NEW = "ana@new-school.example"


@pytest.fixture
def mails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda run, **_: run())


def letters_to(address: str) -> list[str]:
    return [str(letter.body) for letter in mail.outbox if letter.to == [address]]


def token_in(letter: str) -> str:
    found = re.search(r"token=([\w:.\-]+)", letter)
    assert found
    return found[1]


@pytest.fixture
def ana() -> Person:
    return teacher("FR", email="ana@old-school.example", login="ana@old-school.example")


def test_the_new_address_is_proved_and_the_old_one_told(ana: Person, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    browser = Client()
    browser.force_login(ana)
    with django_capture_on_commit_callbacks(execute=True):
        assert change_email(ana, email=" Ana@New-School.example ", current=PASSWORD) == NEW
    (letter,) = letters_to(NEW)
    assert "Somebody, perhaps you, asked" in letters_to("ana@old-school.example")[0]
    ana.refresh_from_db()
    assert ana.email == "ana@old-school.example", "nothing changes before the link is opened"
    with django_capture_on_commit_callbacks(execute=True):
        assert Api().do("confirmEmail", "... on Registration { email }", token=token_in(letter))["email"] == NEW
    ana.refresh_from_db()
    assert (ana.email, ana.login, ana.state) == (NEW, NEW, "VALIDATED")
    (_, told) = letters_to("ana@old-school.example")
    assert "Everybody was signed out." in told
    assert "_auth_user_id" not in browser.session
    event = Event.objects.get(kind="person.email_changed")
    assert EventCountry.objects.get(event=event).country_id == "FR"
    assert Api().do("login", "", login=NEW, password=PASSWORD)["__typename"] == "SignedIn"
    assert confirm_email(token_in(letter)) == ana, "opened twice, nothing happens"
    assert Event.objects.filter(kind="person.email_changed").count() == 1


def test_an_address_that_has_an_account_gives_the_same_answer(ana: Person, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    other = teacher("PL")
    with django_capture_on_commit_callbacks(execute=True):
        assert change_email(ana, email=other.email, current=PASSWORD) == other.email
    (letter,) = letters_to(other.email)
    assert "token=" not in letter
    assert "it has an account already" in letter


def test_what_is_refused(ana: Person) -> None:
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    with refused("not_permitted"):
        change_email(child, email=NEW, current=PASSWORD)
    for email, current, code in (
        ("ana@old-school.example", PASSWORD, "email_is_yours"),
        ("nothing", PASSWORD, "email_invalid"),
        (NEW, "wrong", "password_wrong"),
    ):
        with refused(code):
            change_email(ana, email=email, current=current)
    assert mail.outbox == []


def asked(person: Person, email: str) -> str:
    """The token of the letter about it."""
    change_email(person, email=email, current=PASSWORD)
    return token_in(letters_to(email)[-1])


@pytest.mark.usefixtures("mails_at_once")
def test_a_new_password_or_another_change_ends_a_link(ana: Person) -> None:
    link = asked(ana, NEW)
    change_password(ana, current=PASSWORD, new="another-quiet-harbour")
    with refused("link_invalid"):
        confirm_email(link)
    ana.refresh_from_db()
    ana.set_password(PASSWORD)
    ana.save()
    there = asked(ana, NEW)
    ana = confirm_email(there)
    ana = confirm_email(asked(ana, "ana@old-school.example"))
    with refused("link_invalid"):  # the way there is not open again after the way back
        confirm_email(there)


@pytest.mark.usefixtures("mails_at_once")
def test_a_link_for_a_new_password_does_not_survive_the_change(ana: Person) -> None:
    link = reset_token(ana)
    confirm_email(asked(ana, NEW))
    with refused("link_invalid"):
        reset_password(link, password="another-quiet-harbour")


def test_the_page_of_the_link_speaks_of_the_address(ana: Person, mails_at_once: None) -> None:
    link = asked(ana, NEW)
    assert "your account has this address" in Client().get(f"/confirm-email/?token={link}").text
    done = Client().post("/confirm-email/", {"token": link}).text
    assert "From now on you sign in with this address." in done
    assert "national agency" not in done


def test_a_link_is_good_for_one_change(ana: Person, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        for email in (NEW, "ana@third.example"):
            change_email(ana, email=email, current=PASSWORD)
    first, second = token_in(letters_to(NEW)[0]), token_in(letters_to("ana@third.example")[0])
    register_teacher(
        email=NEW, password="a-quiet-harbour-9", given_name="A", family_name="B", country="FR", consents=True
    )
    with refused("link_invalid"):  # somebody else proved to have it meanwhile, or is about to
        confirm_email(first)
    confirm_email(second)
    for token in (first, second + "x"):
        with refused("link_invalid"):
            confirm_email(token)
