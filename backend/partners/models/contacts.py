"""Contacts, and blocks: who does not want to hear from whom."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.models import Entity, EntityQuerySet


class ContactState(models.TextChoices):
    PENDING = "PENDING", _("Waiting for an answer")
    ACCEPTED = "ACCEPTED", _("Accepted")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    ENDED = "ENDED", _("Ended")


class ContactRequestQuerySet(EntityQuerySet["ContactRequest"]):
    def visible_to(self, viewer: Person | None) -> "ContactRequestQuerySet":
        """The two people it is between, nobody else."""
        if viewer is None:
            return self.none()
        return self.filter(Q(sender=viewer) | Q(recipient=viewer))

    def between(self, one: Person, other: Person) -> "ContactRequestQuerySet":
        return self.filter(Q(sender=one, recipient=other) | Q(sender=other, recipient=one))

    def accepted(self) -> "ContactRequestQuerySet":
        return self.filter(state=ContactState.ACCEPTED)


class ContactRequest(Entity):
    sender = models.ForeignKey(Person, models.CASCADE, related_name="contact_requests_sent")
    recipient = models.ForeignKey(Person, models.CASCADE, related_name="contact_requests_received")
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ContactState.choices, default=ContactState.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="contact_not_self", condition=~Q(sender=F("recipient"))),
            models.UniqueConstraint(
                fields=["sender", "recipient"],
                name="contact_once",
                condition=Q(state__in=("PENDING", "ACCEPTED")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender_id} to {self.recipient_id}"


def are_contacts(one: Person, other: Person) -> bool:
    return ContactRequest.objects.between(one, other).accepted().exists()


class BlockQuerySet(EntityQuerySet["Block"]):
    def visible_to(self, viewer: Person | None) -> "BlockQuerySet":
        """Only who blocked."""
        return self.filter(blocker=viewer) if viewer else self.none()


class Block(Entity):
    """Somebody does not want to hear from somebody; the other is not told."""

    blocker = models.ForeignKey(Person, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),)

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


def is_blocked(one: Person, other: Person) -> bool:
    """Whether one of the two does not want to hear from the other."""
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)).exists()


def strangers_to(viewer: Person) -> models.QuerySet[Any]:
    """Keys of the people whom the viewer blocked or who blocked the viewer."""
    blocks = Block.objects.filter(Q(blocker=viewer) | Q(blocked=viewer))
    other = Case(When(blocker=viewer, then=F("blocked")), default=F("blocker"))
    return blocks.annotate(other=other).values("other")
