"""An inbox entry: an event, who should see it, and when it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.models import Entity, EntityQuerySet
from backend.eventlog.wording import TellingQuerySet


class NotificationQuerySet(TellingQuerySet):
    event_path = "event"

    def visible_to(self, viewer: models.Model | None) -> "NotificationQuerySet":
        """Everybody reads the own inbox only."""
        return self.filter(recipient_id=viewer.pk) if viewer else self.none()


class Frequency(models.TextChoices):
    DAILY = "DAILY", _("Once a day")
    WEEKLY = "WEEKLY", _("Once a week")
    NEVER = "NEVER", _("Never")


class Digest(Entity):
    """How often somebody gets a letter about what is new in the inbox, and up to when it was told."""

    recipient = models.OneToOneField("accounts.Person", models.CASCADE, related_name="digest")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = EntityQuerySet["Digest"].as_manager()

    def __str__(self) -> str:
        return f"{self.frequency} for {self.recipient_id}"


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
