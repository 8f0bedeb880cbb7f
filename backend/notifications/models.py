"""An inbox entry: an event, who should see it, and when it was read."""

from django.db import models

from backend.core.models import Entity, EntityQuerySet
from backend.eventlog.wording import subjects_of


class NotificationQuerySet(EntityQuerySet["Notification"]):
    _has_subjects = False

    def with_subjects(self) -> "NotificationQuerySet":
        """Each row comes with its event, its actor and `subject`: a query for each kind of subject, not for each row."""
        entries = self.select_related("event__actor")
        entries._has_subjects = True
        return entries

    def _clone(self) -> "NotificationQuerySet":
        clone = super()._clone()
        clone._has_subjects = self._has_subjects
        return clone

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None
        super()._fetch_all()
        if is_fresh and self._has_subjects:
            entries = [row for row in self._result_cache or () if isinstance(row, Notification)]
            subjects = subjects_of(entry.event for entry in entries)
            for entry in entries:
                entry.subject = subjects.get(entry.event.subject_id)

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
