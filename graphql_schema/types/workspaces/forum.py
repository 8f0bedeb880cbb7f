"""Forums and the feed."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import relay

from backend.workspaces import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.standing import (
    AUDIENCE,
    AUTHOR,
    CAN_EDIT,
    CAN_REMOVE,
    CREATED,
    OF_WHOM,
    REMOVED,
    TOMBSTONE,
    acting,
    may_edit,
    may_remove,
    words,
)
from graphql_schema.types.workspaces.versions import VERSION, Versioned
from graphql_schema.viewer import Info, viewer_of


@strawberry_django.type(models.Post, description="A post in a thread.")
class Post(Versioned, Visible, relay.Node):
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)
    edited_at: datetime | None = strawberry_django.field(description="When it was last corrected.")
    version: int = strawberry_django.field(description=VERSION)
    thread: Annotated["Thread", strawberry.lazy("graphql_schema.types.workspaces.forum")] = strawberry_django.field(
        description="The thread it is in."
    )

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="What it says; null once removed.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(description=CAN_EDIT, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_edit(self, info: Info) -> bool:
        return may_edit(info, self)

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_remove(self, info: Info) -> bool:
        return may_remove(info, self)


@strawberry_django.type(models.Thread, description="A thread of a discussion.")
class Thread(Versioned, Visible, relay.Node):
    title = words("title", "The title.")
    version: int = strawberry_django.field(description=VERSION)
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)
    discussion: Annotated["Discussion", strawberry.lazy("graphql_schema.types.workspaces.forum")] = (
        strawberry_django.field(description="The discussion it is in.")
    )

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(
        description="Whether the viewer may give it another title.", only=OF_WHOM, metadata=PER_VIEWER
    )
    def viewer_can_rename(self, info: Info) -> bool:
        return permissions.can_rename_thread(acting(info, self.workspace_id), self) and not self.is_removed

    @strawberry_django.connection(Connection[Post], description="Its posts, oldest first.", disable_optimization=False)
    def posts(self, info: Info) -> list[Post]:
        return models.Post.objects.for_viewer(viewer_of(info)).filter(thread=self.pk).order_by("id")


@strawberry_django.type(models.Discussion, description="A forum; one for staff is a board of the staff room.")
class Discussion(Versioned, Visible, relay.Node):
    title = words("title", "The title.")
    description = words("description", "What it is for.")
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    version: int = strawberry_django.field(description=VERSION)
    is_closed: bool = strawberry_django.field(description="Whether nothing can be added.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.connection(Connection[Thread], description="Its threads, newest first.")
    def threads(self, info: Info) -> list[Thread]:
        return models.Thread.objects.for_viewer(viewer_of(info)).filter(discussion=self.pk).order_by("-id")

    @strawberry_django.field(description=CAN_EDIT, only=["workspace", *TOMBSTONE], metadata=PER_VIEWER)
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_open_discussion(acting(info, self.workspace_id)) and not self.is_removed

    @strawberry_django.field(
        description="Whether the viewer may close it.", only=["workspace", "is_closed"], metadata=PER_VIEWER
    )
    def viewer_can_close(self, info: Info) -> bool:
        return permissions.can_open_discussion(acting(info, self.workspace_id)) and not self.is_closed


@strawberry_django.type(models.Update, description="News in the feed of a workspace.")
class Update(Versioned, Visible, relay.Node):
    author: Person | None = strawberry_django.field(description=AUTHOR)
    version: int = strawberry_django.field(description=VERSION)
    edited_at: datetime | None = strawberry_django.field(description="When it was last corrected.")
    created_at: datetime = strawberry_django.field(description=CREATED)
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="What it says; null once removed.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(description=CAN_EDIT, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_post_update(acting(info, self.workspace_id)) and may_edit(info, self)

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_remove(self, info: Info) -> bool:
        return may_remove(info, self)
