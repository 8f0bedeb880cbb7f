"""The live room."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import argument, relay

from backend.core import clock
from backend.eventlog.cursors import START, Cursor
from backend.eventlog.reading import head_cursor, head_of
from backend.workspaces import models, permissions
from backend.workspaces.search import search_inside
from backend.workspaces.uploads.links import calendar_address, export_address
from backend.workspaces.uploads.quota import KINDS, MEGABYTE, bytes_in, quota_in, quota_of, taken_in, within_server
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.chat import ChatMessage, ChatRoom
from graphql_schema.types.workspaces.forum import Discussion, Post, Thread, Update
from graphql_schema.types.workspaces.materials import File, Folder
from graphql_schema.types.workspaces.members import WorkspaceMembership
from graphql_schema.types.workspaces.pages import Page, pages_of
from graphql_schema.types.workspaces.plan import Activity, Meeting
from graphql_schema.types.workspaces.standing import membership
from graphql_schema.types.workspaces.uploads import UploadLimits, limits_of
from graphql_schema.types.workspaces.versions import NEEDED, TextVersion, kept
from graphql_schema.viewer import Info, address_for, viewer_of

Found = Annotated[
    Page | Thread | Post | Update | File | Discussion | Activity | Meeting | ChatMessage,
    strawberry.union("Found", description="Something inside a workspace."),
]


@strawberry_django.type(models.Workspace, description="The live room of a project.")
class Workspace(Visible, relay.Node):
    project: Project = strawberry_django.field(description="The project it belongs to.")
    created_at: datetime = strawberry_django.field(description="When it opened.")
    description: str = strawberry_django.field(description="What the home says.")
    image: File | None = strawberry_django.field(description="The image of the home.")
    is_public: bool = strawberry_django.field(description="Whether a founder opened the home to the world.")
    version: int = strawberry_django.field(description="The version of the home; hand it back when editing.")

    @strawberry_django.field(
        description="What the home said before, newest first, at most 50: for who may edit it.", only=["id"], **NEEDED
    )
    def versions(self, info: Info) -> list[TextVersion]:
        return kept(self) if permissions.can_edit_home(membership(info, self.pk)) else []

    @strawberry_django.field(description="Whether it can be changed, not only read.", select_related=["project"])
    def is_open(self) -> bool:
        return self.is_open

    @strawberry_django.field(
        description="Where its stream stands now: subscribe `after` it and miss and repeat nothing.",
        only=["id"], annotate={"stream_epoch": head_of("epoch"), "stream_head": head_of("head")},
    )  # fmt: skip
    def cursor(self) -> str:
        if not hasattr(self, "stream_head"):  # a mutation's answer comes without
            return str(head_cursor(self.pk))
        return str(Cursor(self.pk, self.stream_epoch or START, self.stream_head or 0))

    @strawberry_django.field(
        description="How much may be uploaded here: what the more generous of the founders' countries allows.",
        only=["project"], annotate={f"most_{kind}": quota_in(kind) for kind in KINDS},
    )  # fmt: skip
    def upload_limits(self) -> UploadLimits:
        quota = {kind: getattr(self, f"most_{kind}", None) for kind in KINDS}
        return limits_of(quota_of(self) if None in quota.values() else within_server(**quota))

    @strawberry_django.field(
        description="How many megabytes its files take.", only=["id"], annotate={"bytes_taken": bytes_in()}
    )
    def megabytes_taken(self) -> float:
        taken = getattr(self, "bytes_taken", None)
        return (taken_in(self) if taken is None else taken) / MEGABYTE

    @strawberry_django.field(description="What the viewer is here.", only=["id"], metadata=PER_VIEWER)
    def viewer_role(self, info: Info) -> models.WorkspaceRole | None:
        me = membership(info, self.pk)
        return models.WorkspaceRole(me.role) if me else None

    @strawberry_django.field(
        description="Whether the viewer may open the home to the world, or close it.", metadata=PER_VIEWER,
        select_related=["project"], prefetch_related=["project__members"],
    )  # fmt: skip
    def viewer_can_open_home(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_open_home(viewer, self)

    @strawberry_django.field(
        description="Where a founder gets the whole workspace as a ZIP that opens without a network.",
        metadata=PER_VIEWER, select_related=["project"], prefetch_related=["project__members"],
    )  # fmt: skip
    def export_url(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        return (
            address_for(info, export_address(self.pk, viewer))
            if viewer and permissions.can_export(viewer, self)
            else None
        )

    @strawberry_django.field(
        description="Where the viewer gets its activities and meetings as a calendar file (.ics), for a quarter of an "
        "hour; for members.",
        only=["id"], metadata=PER_VIEWER,
    )  # fmt: skip
    def calendar_url(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        is_member = viewer is not None and membership(info, self.pk) is not None
        return address_for(info, calendar_address(self.pk, viewer)) if is_member else None

    @strawberry_django.field(description="Whether the viewer may add pupils.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_add_pupils(self, info: Info) -> bool:
        return permissions.can_add_pupils(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may invite guests.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_invite_guest(self, info: Info) -> bool:
        return permissions.can_invite_guest(membership(info, self.pk)) and self.is_open

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

    @strawberry_django.field(description="Whether the viewer may upload files.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_upload_file(self, info: Info) -> bool:
        return permissions.can_upload_file(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may add folders.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_add_folder(self, info: Info) -> bool:
        return permissions.can_add_folder(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may write pages.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_write_page(self, info: Info) -> bool:
        return permissions.can_write_page(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(
        description="Whether the viewer may plan activities and meetings.", only=["id"], metadata=PER_VIEWER
    )
    def viewer_can_plan(self, info: Info) -> bool:
        return permissions.can_plan(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may open chat rooms.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_open_chat_room(self, info: Info) -> bool:
        return permissions.can_open_chat_room(membership(info, self.pk)) and self.is_open

    @strawberry_django.field(description="Whether the viewer may edit the home.", only=["id"], metadata=PER_VIEWER)
    def viewer_can_edit_home(self, info: Info) -> bool:
        return permissions.can_edit_home(membership(info, self.pk)) and self.is_open

    @strawberry_django.connection(Connection[WorkspaceMembership], description="Who is in it, in order of arrival.")
    def members(self, info: Info) -> list[WorkspaceMembership]:
        inside = models.WorkspaceMembership.objects.for_viewer(viewer_of(info))
        return inside.present().filter(workspace=self.pk).order_by("id")

    @strawberry_django.connection(Connection[Discussion], description="Its forums, oldest first.")
    def discussions(self, info: Info) -> list[Discussion]:
        return models.Discussion.objects.for_viewer(viewer_of(info)).filter(workspace=self.pk).order_by("id")

    @strawberry_django.connection(Connection[Update], description="Its feed, newest first.")
    def updates(self, info: Info) -> list[Update]:
        inside = models.Update.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, removed_at=None).order_by("-id")

    @strawberry_django.connection(Connection[File], description="Its files, newest first.")
    def files(self, info: Info) -> list[File]:
        inside = models.File.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, removed_at=None).order_by("-id")

    @strawberry_django.connection(Connection[Folder], description="Its folders, oldest first.")
    def folders(self, info: Info) -> list[Folder]:
        inside = models.Folder.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, removed_at=None).order_by("id")

    @strawberry_django.connection(Connection[Page], description="Its pages, in their order; drafts for who may see.")
    def pages(
        self, info: Info, archived: Annotated[bool, argument(description="Those in the archive instead.")] = False
    ) -> list[Page]:
        return pages_of(info, self.pk, archived=archived)

    @strawberry_django.connection(Connection[Activity], description="Its plan, in the order of the first days.")
    def activities(self, info: Info) -> list[Activity]:
        inside = models.Activity.objects.for_viewer(viewer_of(info))
        return inside.filter(workspace=self.pk, removed_at=None).order_by(F("starts_on").asc(nulls_last=True), "id")

    @strawberry_django.connection(Connection[Meeting], description="Its calendar, first meeting first.")
    def meetings(
        self, info: Info, upcoming: Annotated[bool, argument(description="Only those that are not over.")] = False
    ) -> list[Meeting]:
        inside = models.Meeting.objects.for_viewer(viewer_of(info)).filter(workspace=self.pk, removed_at=None)
        return (inside.filter(ends_at__gt=clock.now()) if upcoming else inside).order_by("starts_at", "id")

    @strawberry_django.connection(Connection[ChatRoom], description="Its chat rooms, oldest first.")
    def chat_rooms(self, info: Info) -> list[ChatRoom]:
        return (
            models.ChatRoom.objects.for_viewer(viewer_of(info))
            .filter(workspace=self.pk, removed_at=None)
            .order_by("id")
        )

    @strawberry_django.field(
        description="What holds all these words, as far as the viewer sees it, best first; at most 20 of each kind.",
        only=["id"], metadata=PER_VIEWER, disable_optimization=True,
    )  # fmt: skip
    def search(self, info: Info, words: Annotated[str, argument(description="Words.")]) -> list[Found]:
        return search_inside(self, viewer_of(info), words)
