"""Materials."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import relay

from backend.workspaces import models
from backend.workspaces.uploads.links import file_address
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Language
from graphql_schema.types.workspaces.members import WorkspaceMembership
from graphql_schema.types.workspaces.standing import (
    AUDIENCE,
    AUTHOR,
    CAN_REMOVE,
    CREATED,
    OF_WHOM,
    REMOVED,
    TOMBSTONE,
    may_remove,
    may_use_tools,
    words,
)
from graphql_schema.viewer import Info, address_for, viewer_of

InFolder = Annotated["Folder", strawberry.lazy("graphql_schema.types.workspaces.materials")]


@strawberry_django.type(models.File, description="A document, photo, video or link.")
class File(Visible, relay.Node):
    name = words("name", "What the uploader called it.")
    caption = words("caption", "The caption.")
    kind: models.FileKind = strawberry_django.field(description="What it is.")
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    folder: InFolder | None = strawberry_django.field(description="The folder it lies in.")
    language: Language | None = strawberry_django.field(description="The language of its content.")
    licence: models.Licence = strawberry_django.field(description="Under which licence it may be used.")
    source = words("source", "Who made it, or where it comes from.")
    shows: list[WorkspaceMembership] = strawberry_django.field(description="The pupils to be seen in it.")
    awaits_consent: bool = strawberry_django.field(
        description="Whether it is hidden because parents no longer agree; shown again once all do."
    )
    version: int = strawberry_django.field(description="The version of the description; hand it back when editing.")
    is_tool: bool = strawberry_django.field(description="Whether it leads to where pupils are asked to work.")
    media_type: str = strawberry_django.field(description="The media type found in its content.")
    size: int = strawberry_django.field(description="Bytes; none for a link.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(
        description="Where the viewer, signed in, reads it for a quarter of an hour (who came by token also once within half a minute without it), or where the link leads; null once removed, and of a tool for pupils whose parents have not agreed to external tools.",
        only=["link", "is_tool", "workspace", *TOMBSTONE], metadata=PER_VIEWER,
    )  # fmt: skip
    def url(self, info: Info) -> str | None:
        if self.is_removed or (self.is_tool and not may_use_tools(info, self.workspace_id)):
            return None
        return self.link or address_for(info, file_address(self.pk, viewer_of(info)))

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_remove(self, info: Info) -> bool:
        return may_remove(info, self)


@strawberry_django.type(models.Folder, description="A folder of materials.")
class Folder(Visible, relay.Node):
    name = words("name", "The name.")
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    is_open_to_pupils: bool = strawberry_django.field(description="Whether pupils may add to it.")
    parent: InFolder | None = strawberry_django.field(description="The folder it stands in.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.connection(Connection[File], description="What lies in it, newest first.")
    def files(self, info: Info) -> list[File]:
        inside = models.File.objects.for_viewer(viewer_of(info))
        return inside.filter(folder=self.pk, removed_at=None).order_by("-id")
