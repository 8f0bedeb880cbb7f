"""Pages."""

from datetime import datetime

import strawberry
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
    membership,
    words,
)
from graphql_schema.viewer import Info, viewer_of

WITH_EDITORS = {"only": [*OF_WHOM, "editors", "published_at"], "prefetch_related": ["chosen"], "metadata": PER_VIEWER}


@strawberry.type(description="A page as it was after an edit.")
class PageVersion:
    number: int = strawberry.field(description="The version.")
    title: str = strawberry.field(description="The title then.")
    text: str = strawberry.field(description="The text then.")
    at: datetime = strawberry.field(description="When it was saved.")
    author_name: str = strawberry.field(description="Who saved it.")


@strawberry_django.type(models.Page, description="A page of a workspace.")
class Page(Visible, relay.Node):
    title = words("title", "The title.")
    audience: models.Audience = strawberry_django.field(description=AUDIENCE)
    editors: models.PageEditors = strawberry_django.field(description="Who may edit it.")
    chosen: list[Person] = strawberry_django.field(description="The members chosen to edit it.")
    position: int = strawberry_django.field(description="Its place among the pages.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    published_at: datetime | None = strawberry_django.field(description="When it was published; null for a draft.")
    archived_at: datetime | None = strawberry_django.field(description="When it was archived.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=TOMBSTONE)
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="What it says; null once removed.", only=["text", *TOMBSTONE])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(description="Whether it is not published.", only=["published_at"])
    def is_draft(self) -> bool:
        return self.is_draft

    @strawberry_django.field(
        description="What it said before, newest first, at most 50: for who may edit it.",
        **WITH_EDITORS | {"prefetch_related": ["chosen", "versions", "versions__author"]},
    )
    def versions(self, info: Info) -> list[PageVersion]:
        if self.is_removed or not permissions.can_edit_page(membership(info, self.workspace_id), self):
            return []
        kept = list(self.versions.all())[:50]
        return [
            PageVersion(number=v.number, title=v.title, text=v.text, at=v.created_at, author_name=str(v.author or ""))
            for v in kept
        ]

    @strawberry_django.field(description=CAN_EDIT, **WITH_EDITORS)
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_edit_page(acting(info, self.workspace_id), self) and not self.is_removed

    @strawberry_django.field(description="Whether the viewer may publish it now.", **WITH_EDITORS)
    def viewer_can_publish(self, info: Info) -> bool:
        may = permissions.can_publish_page(acting(info, self.workspace_id), self)
        return may and self.is_draft and not self.is_removed

    @strawberry_django.field(description=CAN_REMOVE, **WITH_EDITORS)
    def viewer_can_remove(self, info: Info) -> bool:
        return permissions.can_remove_page(acting(info, self.workspace_id), self) and not self.is_removed


def pages_of(info: Info, workspace_id, *, archived: bool):
    """The pages of a workspace that the viewer sees, in their order."""
    pages = models.Page.objects.for_viewer(viewer_of(info)).filter(workspace=workspace_id, removed_at=None)
    return pages.filter(archived_at__isnull=not archived).order_by("position", "id")
