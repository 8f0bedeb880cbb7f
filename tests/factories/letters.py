"""How each letter comes to be written to a person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import time_machine

from backend.accounts import digests
from backend.accounts.models import Person, PersonState
from backend.core import clock
from backend.core.models import change
from backend.mailings.actions.consent import set_mailing_consent
from backend.mailings.actions.sending import send_mailing
from backend.mailings.delivery import send_messages
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.models import Appeal, Report, Sanction
from backend.monitoring.letters import mail_founders
from tests.factories.mailings import draft
from tests.factories.moderation import report, sanction
from tests.factories.people import officer, teacher
from tests.factories.projects import project, pupil, workspace


class Letter(NamedTuple):
    """How it is sent to a person, its subjects, a sentence of each language, and whether there is a link."""

    send: Callable[[Person], Any]
    subjects: tuple[str, str]
    says: tuple[str, str]
    link: str = ""


def gone(person: Person) -> Person:
    change(person, state_reason="Moved to Porto", state=PersonState.REVOKED)
    return person


def reported_to(person: Person) -> Report:
    found = officer("PL", language=person.language)
    made = report(teacher("PL"), actor=person, category="HATE")
    assert found.officer.agency.country_id == made.country_id
    return made


def pupil_of(person: Person) -> Person:
    return pupil(workspace(founders=(person, teacher("PL"))), actor=person)


def decided(person: Person) -> Sanction:
    return sanction(person, by=officer("FR"))


def appealed(person: Person) -> Appeal:
    appeal = appeal_decision(sanction(person, "WARNING", by=officer("FR")), actor=person, text="Why?")
    change(appeal, state="UPHELD", reason="It stands.")
    return appeal


def appointed(person: Person) -> Any:
    found = officer("FR", language=person.language)
    found.set_unusable_password()
    found.save()
    return found.officer


def a_school(person: Person) -> Any:
    assert person.school
    change(
        person.school,
        name="Lycée <Sud>",
        principal_name="Anne",
        principal_email="head@example.org",
        state_reason="Fire",
    )
    return person.school


def told(person: Person) -> None:
    project("DRAFT", founders=(teacher("PL", given_name="Jan", family_name="Nowak"), person), title="Rivers & lakes")
    digests.send_digests()


def waiting(person: Person, *, silent: bool) -> dict[str, Any]:
    """A project that Jan and the person found: one has sent it, and the other is silent."""
    jan = teacher("PL", given_name="Jan", family_name="Nowak")
    found = project("PENDING_PARTNER", founders=(jan, person) if silent else (person, jan), title="Rivers")
    return {"project": found, "silent": person if silent else jan, "sender": jan if silent else person}


def to_founders(person: Person) -> None:
    found = project("DRAFT", founders=(teacher("PL"), person), title="Rivers")
    boss = officer("FR", given_name="Ada", family_name="Lind")
    mail_founders(found, officer=boss, text="How is it going?", offers_search=True)


def by_message(person: Person) -> None:
    set_mailing_consent(actor=person, wanted=True)
    send_mailing(draft(), actor=officer("FR"))
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert send_messages() == 1
