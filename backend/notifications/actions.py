"""Putting facts into inboxes, and reading them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction

from backend.core import clock, fields
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.notifications.models import Digest, Frequency, Notification


def deliver(fact: Fact, event: Event) -> None:
    """Every recipient of a fact but its actor finds it in the inbox."""
    Notification.objects.bulk_create(
        Notification(event=event, recipient_id=recipient)
        for recipient in dict.fromkeys(fact.recipients())
        if recipient != event.actor_id
    )


@transaction.atomic
def mark_notifications_read(notification_ids: Iterable[UUID], *, actor: models.Model) -> int:
    """The actor has seen these entries of the own inbox; others' are passed over."""
    unread = Notification.objects.visible_to(actor).filter(pk__in=list(notification_ids), read_at=None)
    return unread.update(read_at=clock.now())


@transaction.atomic
def set_digest(*, actor: models.Model, frequency: str) -> Digest:
    """How often the actor gets a letter about the inbox; for oneself only, so nobody else hears of it."""
    fields.check_codes("frequency", [frequency], Frequency.values)
    digest, _ = Digest.objects.get_or_create(recipient_id=actor.pk)
    change(digest, frequency=frequency)
    return digest
