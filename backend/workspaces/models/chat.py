"""Chat rooms; pupils write there while a teacher is on duty, in the hours the room keeps."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import Person
from backend.core import clock
from backend.workspaces.models.room import Inside, InsideQuerySet


class ChatRoom(Inside):
    title = models.CharField(max_length=160)
    on_duty = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    duty_ends_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)  # with closes_at: the hours, by the clocks of time_zone
    closes_at = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Brussels")
    closed_at = models.DateTimeField(null=True, blank=True)  # read, not written in

    objects = InsideQuerySet["ChatRoom"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="chat_room"),)
        constraints = (
            models.CheckConstraint(
                name="chat_hours",
                condition=Q(opens_at__isnull=True, closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_supervised(self) -> bool:
        """Whether a teacher is on duty now."""
        return self.on_duty_id is not None and self.duty_ends_at is not None and clock.now() < self.duty_ends_at

    @property
    def is_in_hours(self) -> bool:
        """Whether pupils may write at this time of the day; at any time where no hours are kept."""
        if self.opens_at is None or self.closes_at is None:
            return True
        return self.opens_at <= clock.now().astimezone(ZoneInfo(self.time_zone)).time() < self.closes_at


class ChatMessage(Inside):
    """Its audience is that of its room."""

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="messages")
    text = models.TextField()

    objects = InsideQuerySet["ChatMessage"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["room", "id"], name="chat_message_room"),)

    def __str__(self) -> str:
        return str(self.pk)
