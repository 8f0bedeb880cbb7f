"""What things inside workspaces said before they were edited."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from backend.accounts.models import Person
from backend.core import clock
from backend.core.models import Entity


class TextVersion(Entity):
    """The whole text of a thing as it was after an edit; pages keep theirs apart."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    thing_id = models.UUIDField()
    thing = GenericForeignKey("content_type", "thing_id")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    text = models.JSONField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["thing_id", "number"], name="text_version_once"),)

    def __str__(self) -> str:
        return f"{self.thing_id} v{self.number}"
