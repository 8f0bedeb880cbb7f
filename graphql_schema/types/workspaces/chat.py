"""Chat rooms."""

from datetime import datetime, time
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
    CAN_REMOVE,
    CREATED,
    OF_WHOM,
    REMOVED,
    TOMBSTONE,
    acting,
    may_remove,
    membership,
    words,
)
from graphql_schema.viewer import Info, viewer_of

DUTY = ["on_duty", "duty_ends_at", "opens_at", "closes_at", "time_zone"]


@strawberry_django.type(models.ChatMessage, description="Something said in a chat room.")
class ChatMessage(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)
    room: Annotated["ChatRoom", strawberry.lazy("graphql_schema.types.workspaces.chat")] = strawberry_django.field(
        description="The room."
    )

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="What was said; null once removed.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_remove(self, info: Info) -> bool:
        return may_remove(info, self)


@strawberry_django.type(models.ChatRoom, description="A chat room; pupils write while a teacher is on duty.")
class ChatRoom(Visible, relay.Node):
    title = words("title", "The title.")
    closed_at: datetime | None = strawberry_django.field(description="Since when it is read only; null while open.")
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    on_duty: Person | None = strawberry_django.field(description="The teacher on duty.")
    duty_ends_at: datetime | None = strawberry_django.field(description="Until when.")
    opens_at: time | None = strawberry_django.field(
        description="From when in the day pupils may write; null for always."
    )
    closes_at: time | None = strawberry_django.field(description="Until when in the day.")
    time_zone: str = strawberry_django.field(description="By whose clocks, as an IANA name.")
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="Whether pupils may write at this time of the day.", only=DUTY)
    def is_in_hours(self) -> bool:
        return self.is_in_hours

    @strawberry_django.field(description="Whether a teacher is on duty now.", only=DUTY)
    def is_supervised(self) -> bool:
        return self.is_supervised

    @strawberry_django.field(
        description="Whether the viewer may write now.", only=["workspace", "audience", "closed_at", *TOMBSTONE, *DUTY],
        metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_send(self, info: Info) -> bool:
        me = acting(info, self.workspace_id)
        if self.is_removed or self.closed_at:
            return False
        is_watched = self.is_supervised and self.is_in_hours
        return permissions.can_chat(me, self) and (is_watched or not permissions.needs_supervision(me))

    @strawberry_django.field(
        description="Whether the viewer may export its log.",
        only=["workspace", "audience", *TOMBSTONE],
        metadata=PER_VIEWER,
    )
    def viewer_can_export(self, info: Info) -> bool:
        return permissions.can_export_chat(membership(info, self.workspace_id), self) and not self.is_removed

    @strawberry_django.field(
        description="Whether the viewer may rename it, close it, or open it again.", only=OF_WHOM, metadata=PER_VIEWER
    )
    def viewer_can_close(self, info: Info) -> bool:
        me = acting(info, self.workspace_id)
        return permissions.can_close_chat_room(me, self) and not self.is_removed

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_remove(self, info: Info) -> bool:
        me = acting(info, self.workspace_id)
        return permissions.can_remove_chat_room(me, self) and not self.is_removed

    @strawberry_django.connection(Connection[ChatMessage], description="What was said, newest first.")
    def messages(self, info: Info) -> list[ChatMessage]:
        return models.ChatMessage.objects.for_viewer(viewer_of(info)).filter(room=self.pk).order_by("-id")
