"""Whether somebody wants what the agency writes to many."""

from django.db import transaction

from backend.accounts.models import Person, PersonKind
from backend.core import clock
from backend.core.guards import allow
from backend.core.models import change
from backend.mailings.links import person_of_stop
from backend.mailings.models import MailingConsent


@transaction.atomic
def set_mailing_consent(*, actor: Person, wanted: bool) -> MailingConsent:
    """School staff say so for themselves, and nobody else hears of it; nobody has consented before."""
    allow(actor.kind == PersonKind.STAFF)
    now = clock.now()
    consent, _ = MailingConsent.objects.get_or_create(person=actor, defaults={"given_at": now, "withdrawn_at": now})
    if wanted and consent.withdrawn_at:
        change(consent, given_at=now, withdrawn_at=None)
    elif not wanted and consent.withdrawn_at is None:
        change(consent, withdrawn_at=now)
    return consent


def stop_mailings(token: str) -> None:
    """The link of a letter ends the agency's messages."""
    set_mailing_consent(actor=person_of_stop(token), wanted=False)
