"""Materials."""

from datetime import datetime

import strawberry_django
from django.urls import reverse
from strawberry import relay

from backend.workspaces import models
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import Person
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.standing import AUTHOR, CREATED, REMOVED


@strawberry_django.type(models.File, description="A document or photo.")
class File(Visible, relay.Node):
    name: str = strawberry_django.field(description="What the uploader called it.")
    caption: str = strawberry_django.field(description="The caption.")
    kind: models.FileKind = strawberry_django.field(description="Image or document.")
    media_type: str = strawberry_django.field(description="The media type found in its content.")
    size: int = strawberry_django.field(description="Bytes.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=["removed_at", "hidden_at"])
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="Where members read it; null once removed.", only=["removed_at", "hidden_at"])
    def url(self) -> str | None:
        return None if self.is_removed else reverse("file", args=[self.pk])
