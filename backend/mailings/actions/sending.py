"""Sending a message: it waits ten minutes or until its hour, and until then it can be cancelled."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.models import Agency
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.mailings.delivery import send_messages
from backend.mailings.events import MailingBounced, MailingCancelled, MailingScheduled
from backend.mailings.models import LetterState, Mailing, MailingState
from backend.mailings.permissions import can_write_mailing
from backend.mailings.search import audience

A_WEEK = 5  # messages of an agency
FARTHEST = timedelta(days=90)
BOUNCES = 250  # addresses at once
COUNTED = (MailingState.SCHEDULED, MailingState.SENDING, MailingState.SENT)


@transaction.atomic
def send_mailing(mailing: Mailing, *, actor: Person, at: datetime | None = None) -> Mailing:
    """It leaves in ten minutes, or at an hour ahead; at most five in a week, for mail that is too much is not read."""
    agency = Agency.objects.lock(mailing.agency)  # so that two at once are counted
    mailing = Mailing.objects.lock(mailing)
    allow(can_write_mailing(actor, agency.pk))
    ensure(mailing.is_draft, "mailing_not_draft")
    now = clock.now()
    ensure(at is None or now < at <= now + FARTHEST, "mailing_hour", field="at", days=FARTHEST.days)
    send_at = max(at or now, now + timedelta(minutes=settings.MAILING_DELAY))
    near = (send_at - timedelta(days=7), send_at + timedelta(days=7))
    sent = Mailing.objects.filter(agency=agency, state__in=COUNTED, send_at__gt=near[0], send_at__lt=near[1])
    ensure(sent.count() < A_WEEK, "mailings_a_week", limit=A_WEEK)
    ensure(audience(agency, mailing.criteria).exists(), "mailing_reaches_nobody")
    change(mailing, state=MailingState.SCHEDULED, send_at=send_at)
    record(MailingScheduled(mailing), actor=actor)
    if send_at <= now:  # only where no ten minutes are kept: on a developer's machine
        transaction.on_commit(send_messages, robust=True)
    return mailing


@transaction.atomic
def cancel_mailing(mailing: Mailing, *, actor: Person) -> Mailing:
    """As long as it has not begun to leave."""
    mailing = Mailing.objects.lock(mailing)
    allow(can_write_mailing(actor, mailing.agency_id))
    ensure(mailing.is_scheduled, "mailing_not_scheduled")
    change(mailing, state=MailingState.CANCELLED)
    record(MailingCancelled(mailing), actor=actor)
    return mailing


@transaction.atomic
def record_bounces(mailing: Mailing, *, actor: Person, addresses: Collection[str]) -> Mailing:
    """A program that reads the mailbox of returned letters says which came back: these addresses get no more."""
    mailing = Mailing.objects.lock(mailing)
    allow(can_write_mailing(actor, mailing.agency_id))
    ensure(len(addresses) <= BOUNCES, "too_many_at_once", field="addresses", limit=BOUNCES)
    letters = mailing.letters.filter(state=LetterState.SENT, address__in=[one.strip().lower() for one in addresses])
    if letters.update(state=LetterState.BOUNCED, bounced_at=clock.now()):
        record(MailingBounced(mailing), actor=actor)
    return mailing
