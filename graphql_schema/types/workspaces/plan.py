"""Activities and meetings."""

from datetime import date, datetime

import strawberry_django
from strawberry import relay

from backend.workspaces import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
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
    may_remove,
    may_use_tools,
    words,
)
from graphql_schema.types.workspaces.versions import VERSION, Versioned
from graphql_schema.viewer import Info


@strawberry_django.type(models.Activity, description="A step of the project's plan.")
class Activity(Versioned, Visible, relay.Node):
    title = words("title", "What is done.")
    who = words("who", "Who does what.")
    starts_on: date | None = strawberry_django.field(description="The first day.")
    ends_on: date | None = strawberry_django.field(description="The last day.")
    version: int = strawberry_django.field(description=VERSION)
    completed_at: datetime | None = strawberry_django.field(description="When it was completed.")
    completed_by: Person | None = strawberry_django.field(description="Who completed it.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="How it is done; null once removed.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(description=CAN_EDIT, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_plan(acting(info, self.workspace_id)) and not self.is_removed


@strawberry_django.type(models.Meeting, description="People meet online; `joinMeeting` says where.")
class Meeting(Versioned, Visible, relay.Node):
    title = words("title", "What it is about.")
    starts_at: datetime = strawberry_django.field(
        description="From; in UTC, clients show it in the reader's time zone."
    )
    ends_at: datetime = strawberry_django.field(description="Until.")
    version: int = strawberry_django.field(description=VERSION)
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description="More about it; null once cancelled.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(
        description="Where; empty for the platform's own meeting service, and for pupils whose parents have not agreed "
        "to external tools.",
        only=["link", "workspace", *TOMBSTONE], metadata=PER_VIEWER,
    )  # fmt: skip
    def link(self, info: Info) -> str:
        return self.link if not self.is_removed and may_use_tools(info, self.workspace_id) else ""

    @strawberry_django.field(description="Whether it was cancelled.", only=TOMBSTONE)
    def is_cancelled(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description=CAN_EDIT, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_plan(acting(info, self.workspace_id)) and not self.is_removed

    @strawberry_django.field(description=CAN_REMOVE, only=OF_WHOM, metadata=PER_VIEWER)
    def viewer_can_cancel(self, info: Info) -> bool:
        return may_remove(info, self)
