"""Consent to the code of conduct and the privacy notice, version by version."""

from django.db import transaction

from backend.accounts.events import ConsentGiven
from backend.accounts.models import Person
from backend.accounts.permissions import CONSENT_VERSION, needs_consent
from backend.core import clock
from backend.core.guards import ensure
from backend.core.models import change
from backend.eventlog.record import record


@transaction.atomic
def accept_consent(person: Person, *, actor: Person, version: str) -> Person:
    """The person accepts the version in force, having read that one; until then they read and do not write."""
    person = Person.objects.lock(person)
    ensure(version == CONSENT_VERSION, "consent_outdated", field="version")
    ensure(needs_consent(person), "consent_given")
    change(person, consent_version=version, consented_at=clock.now())
    record(ConsentGiven(person), actor=actor)
    return person
