"""An inbox entry: an event, who should see it, and when it was read."""

from django.db import models

from backend.core.models import Entity
from backend.eventlog.wording import TellingQuerySet


class NotificationQuerySet(TellingQuerySet):
    event_path = "event"

    def visible_to(self, viewer: models.Model | None) -> "NotificationQuerySet":
        """Everybody reads the own inbox only."""
        return self.filter(recipient_id=viewer.pk) if viewer else self.none()


class Notification(Entity):
    subject: models.Model | None  # set by with_subjects()

    event = models.ForeignKey("eventlog.Event", models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey("accounts.Person", models.CASCADE, related_name="notifications")
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["recipient", "event"], name="notification_once"),)

    def __str__(self) -> str:
        return f"{self.event_id} for {self.recipient_id}"
