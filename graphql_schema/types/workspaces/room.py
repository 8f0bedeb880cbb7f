"""The live room."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.eventlog.reading import head_cursor
from backend.workspaces import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.forum import Discussion, Update
from graphql_schema.types.workspaces.materials import File
from graphql_schema.types.workspaces.members import WorkspaceMembership
from graphql_schema.types.workspaces.standing import membership
from graphql_schema.viewer import Info, viewer_of


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
