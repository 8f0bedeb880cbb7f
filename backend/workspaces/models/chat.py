"""Chat rooms; pupils write there while a teacher is on duty."""

from django.db import models

from backend.accounts.models import Person
from backend.core import clock
from backend.workspaces.models.room import Inside, InsideQuerySet


class ChatRoom(Inside):
    title = models.CharField(max_length=160)
    on_duty = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    duty_ends_at = models.DateTimeField(null=True, blank=True)

    objects = InsideQuerySet["ChatRoom"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="chat_room"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_supervised(self) -> bool:
        """Whether a teacher is on duty now."""
        return self.on_duty_id is not None and self.duty_ends_at is not None and clock.now() < self.duty_ends_at


class ChatMessage(Inside):
    """Its audience is that of its room."""

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="messages")
    text = models.TextField()

    objects = InsideQuerySet["ChatMessage"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["room", "id"], name="chat_message_room"),)

    def __str__(self) -> str:
        return str(self.pk)
