"""Messages of an agency, made by the real rules."""

from typing import Any

from backend.accounts.models import Person
from backend.mailings.actions.consent import set_mailing_consent
from backend.mailings.actions.writing import draft_mailing
from backend.mailings.models import Mailing
from tests.factories.people import officer, teacher

WORDS = {
    "en": {"subject": "Seminar in May", "body": "Come to Lyon.\n\nThere is room for twenty."},
    "fr": {"subject": "Séminaire en mai", "body": "Venez à Lyon."},
}


def reader(country: str = "FR", **values: Any) -> Person:
    """A teacher who wants messages of the agency."""
    person = teacher(country, **values)
    set_mailing_consent(actor=person, wanted=True)
    return person


def draft(actor: Person | None = None, **criteria: Any) -> Mailing:
    actor = actor or officer("FR")
    return draft_mailing(actor.officer.agency, actor=actor, words=WORDS, criteria=criteria)
