"""The live room and what is in it."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from django.db.models import F
from django.urls import reverse
from strawberry import relay

from backend.eventlog.reading import head_cursor
from backend.workspaces import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of

AUTHOR = "Who put it there; null for somebody who is gone."
CREATED = "When it was put there."
REMOVED = "Whether it was removed; what it said is gone then."


def membership(info: Info, workspace_id) -> models.WorkspaceMembership | None:
    """The viewer's membership of a workspace, asked once a request."""
    viewer = viewer_of(info)

    def load():
        mine = models.WorkspaceMembership.objects.filter(person=viewer, left_at=None)
        return {m.workspace_id: m for m in mine}

    return info.context.once("memberships", load).get(workspace_id) if viewer else None


@strawberry_django.type(models.WorkspaceMembership, description="Somebody is in a workspace.")
class WorkspaceMembership(Visible, relay.Node):
    person: Person | None = strawberry_django.field(description="Who it is.")
    role: models.WorkspaceRole = strawberry_django.field(description="What they may do there.")
    created_at: datetime = strawberry_django.field(description="Since when.")
    left_at: datetime | None = strawberry_django.field(description="When they left.")

    @strawberry_django.field(
        description="The pupil's user name: for teachers of the workspace.",
        only=["workspace", "role", "left_at"], annotate={"user_login": F("person__login")}, metadata=PER_VIEWER,
    )  # fmt: skip
    def user_name(self, info: Info) -> str | None:
        me = membership(info, self.workspace_id)
        if not permissions.can_reset_pupil_password(me, self):
            return None
        return getattr(self, "user_login", None) or self.person.login  # a mutation's answer comes without


@strawberry_django.type(models.Post, description="A post in a thread.")
class Post(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)
    edited_at: datetime | None = strawberry_django.field(description="When it was last corrected.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    thread: Annotated["Thread", strawberry.lazy("graphql_schema.types.workspaces")] = strawberry_django.field(
        description="The thread it is in."
    )

    @strawberry_django.field(description=REMOVED, only=["removed_at"])
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="What it says; null once removed.", only=["text", "removed_at"])
    def text(self) -> str | None:
        return None if self.is_removed else self.text

    @strawberry_django.field(
        description="Whether the viewer may edit it.", only=["workspace", "author", "removed_at"], metadata=PER_VIEWER
    )
    def viewer_can_edit(self, info: Info) -> bool:
        return permissions.can_edit(membership(info, self.workspace_id), self) and not self.is_removed

    @strawberry_django.field(
        description="Whether the viewer may remove it.", only=["workspace", "author", "removed_at"], metadata=PER_VIEWER
    )
    def viewer_can_remove(self, info: Info) -> bool:
        return permissions.can_remove(membership(info, self.workspace_id), self) and not self.is_removed


@strawberry_django.type(models.Thread, description="A thread of a discussion.")
class Thread(Visible, relay.Node):
    title: str = strawberry_django.field(description="The title.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)
    discussion: Annotated["Discussion", strawberry.lazy("graphql_schema.types.workspaces")] = strawberry_django.field(
        description="The discussion it is in."
    )

    @strawberry_django.connection(Connection[Post], description="Its posts, oldest first.", disable_optimization=False)
    def posts(self, info: Info) -> list[Post]:
        return models.Post.objects.for_viewer(viewer_of(info)).filter(thread=self.pk).order_by("id")


@strawberry_django.type(models.Discussion, description="A forum.")
class Discussion(Visible, relay.Node):
    title: str = strawberry_django.field(description="The title.")
    description: str = strawberry_django.field(description="What it is for.")
    is_closed: bool = strawberry_django.field(description="Whether nothing can be added.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.connection(Connection[Thread], description="Its threads, newest first.")
    def threads(self, info: Info) -> list[Thread]:
        return models.Thread.objects.for_viewer(viewer_of(info)).filter(discussion=self.pk).order_by("-id")


@strawberry_django.type(models.Update, description="News in the feed of a workspace.")
class Update(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description="What it says; null once removed.", only=["text", "removed_at"])
    def text(self) -> str | None:
        return None if self.is_removed else self.text


@strawberry_django.type(models.File, description="A document or photo.")
class File(Visible, relay.Node):
    name: str = strawberry_django.field(description="What the uploader called it.")
    caption: str = strawberry_django.field(description="The caption.")
    kind: models.FileKind = strawberry_django.field(description="Image or document.")
    media_type: str = strawberry_django.field(description="The media type found in its content.")
    size: int = strawberry_django.field(description="Bytes.")
    author: Person | None = strawberry_django.field(description=AUTHOR)
    created_at: datetime = strawberry_django.field(description=CREATED)

    @strawberry_django.field(description=REMOVED, only=["removed_at"])
    def is_removed(self) -> bool:
        return self.is_removed

    @strawberry_django.field(description="Where members read it; null once removed.", only=["removed_at"])
    def url(self) -> str | None:
        return None if self.is_removed else reverse("file", args=[self.pk])


@strawberry_django.type(models.Workspace, description="The live room of a project.")
class Workspace(Visible, relay.Node):
    project: Project = strawberry_django.field(description="The project it belongs to.")
    created_at: datetime = strawberry_django.field(description="When it opened.")

    @strawberry_django.field(description="Whether it can be changed, not only read.", select_related=["project"])
    def is_open(self) -> bool:
        return self.is_open

    @strawberry_django.field(
        description="Where its stream stands now: subscribe `after` it and miss and repeat nothing.", only=["id"]
    )
    def cursor(self) -> str:
        return str(head_cursor(self.pk))

    @strawberry_django.field(description="What the viewer is here.", only=["id"], metadata=PER_VIEWER)
    def viewer_role(self, info: Info) -> models.WorkspaceRole | None:
        me = membership(info, self.pk)
        return models.WorkspaceRole(me.role) if me else None

    @strawberry_django.field(description="Whether the viewer may add pupils.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_add_pupils(self, info: Info) -> bool:
        return permissions.can_add_pupils(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may open discussions.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_open_discussion(self, info: Info) -> bool:
        return permissions.can_open_discussion(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may start threads.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_start_thread(self, info: Info) -> bool:
        return permissions.can_start_thread(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may reply.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_add_post(self, info: Info) -> bool:
        return permissions.can_add_post(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may post updates.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_post_update(self, info: Info) -> bool:
        return permissions.can_post_update(membership(info, self.pk)) and self.is_open

    @strawberry_django.connection(Connection[WorkspaceMembership], description="Who is in it, in order of arrival.")
    def members(self, info: Info) -> list[WorkspaceMembership]:
        inside = models.WorkspaceMembership.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, left_at=None).order_by("id")

    @strawberry_django.connection(Connection[Discussion], description="Its forums, oldest first.")
    def discussions(self, info: Info) -> list[Discussion]:
        return models.Discussion.objects.for_viewer(viewer_of(info)).filter(workspace=self.pk).order_by("id")

    @strawberry_django.connection(Connection[Update], description="Its feed, newest first.")
    def updates(self, info: Info) -> list[Update]:
        return models.Update.objects.for_viewer(viewer_of(info)).filter(workspace=self.pk).order_by("-id")

    @strawberry_django.connection(Connection[File], description="Its files, newest first.")
    def files(self, info: Info) -> list[File]:
        inside = models.File.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, removed_at=None).order_by("-id")


@strawberry.type(description="A pupil's card, to be printed: the password is shown this once.")
class PupilCard:
    membership: WorkspaceMembership = strawberry.field(description="The pupil in the workspace.")
    user_name: str = strawberry.field(description="The user name to sign in with.")
    password: str = strawberry.field(description="The words to sign in with.")


@strawberry.type(description="New pupils.")
class PupilCards:
    cards: list[PupilCard] = strawberry.field(description="One card for each pupil.")
