"""Live rooms, and their events for networks without WebSockets."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.core.text import fold
from backend.eventlog.cursors import START, BadCursor, Cursor, parse_cursor
from backend.eventlog.reading import read_after
from backend.projects.models import ProjectMember
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Subject
from backend.workspaces import models
from graphql_schema.delivery.pages import Delivered
from graphql_schema.errors import CodedError
from graphql_schema.guard import may_leave
from graphql_schema.limits import PAGE_LIMIT
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.live.updates import Reason, Resync, WorkspaceEvent
from graphql_schema.types.workspaces.chat import ChatRoom
from graphql_schema.types.workspaces.forum import Thread
from graphql_schema.types.workspaces.gallery import PublicHome
from graphql_schema.types.workspaces.pages import Page
from graphql_schema.types.workspaces.room import Workspace
from graphql_schema.viewer import Info, viewer_of


@strawberry.type(description="A page of what happened in a workspace.")
class WorkspaceEvents:
    events: list[WorkspaceEvent] = strawberry.field(description="The events after the cursor, oldest first.")
    cursor: str = strawberry.field(description="Where to go on: hand it back as `after`.")
    resync: Resync | None = strawberry.field(description="Given when the cursor cannot be continued: read afresh.")


@strawberry.type
class WorkspacesQuery:
    @strawberry_django.field(description="A workspace; null for who is not in it.")
    def workspace(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> Workspace | None:
        return look_up(info, models.Workspace, id)

    @strawberry_django.connection(Connection[Workspace], description="The viewer's workspaces, newest first.")
    def workspaces(self, info: Info) -> list[Workspace]:
        return models.Workspace.objects.for_viewer(viewer_of(info)).order_by("-id")

    @strawberry_django.field(description="A thread; null for who may not see it.")
    def thread(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> Thread | None:
        return look_up(info, models.Thread, id)

    @strawberry_django.field(description="A page; null for who may not see it.")
    def page(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> Page | None:
        return look_up(info, models.Page, id)

    @strawberry_django.field(description="A chat room; null for who may not see it.")
    def chat_room(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> ChatRoom | None:
        return look_up(info, models.ChatRoom, id)

    @strawberry_django.connection(
        Connection[PublicHome], description="The public homes of projects, newest first: for everybody."
    )
    def gallery(
        self,
        info: Info,
        words: Annotated[str, argument(description="Words in title and summary.")] = "",
        country: Annotated[CountryCode | None, argument(description="Only with a founder from this country.")] = None,
        subject: Annotated[Subject | None, argument(description="Only of this subject.")] = None,
    ) -> list[PublicHome]:
        found = models.PublicHome.objects.for_viewer(viewer_of(info))
        for word in fold(words).split()[:8]:
            found = found.filter(project__search_text__contains=word)
        if country:
            found = found.filter(
                project__in=ProjectMember.objects.filter(country=country, founder_position__isnull=False).values(
                    "project"
                )
            )
        if subject:
            found = found.filter(project__subjects=subject)
        return found.order_by("-id")

    @strawberry_django.field(description="What `workspaceUpdates` sends, by asking: for networks without WebSockets.")
    def workspace_events(
        self,
        info: Info,
        workspace_id: Annotated[strawberry.ID, argument(description="The workspace.")],
        after: Annotated[str | None, argument(description="A cursor; without one, from the first event kept.")] = None,
        first: Annotated[int, argument(description="At most so many events, up to 100.")] = PAGE_LIMIT,
    ) -> WorkspaceEvents | None:
        room = look_up(info, models.Workspace, workspace_id)
        if room is None or not may_leave(room, info.context):
            return None
        if not 1 <= first <= PAGE_LIMIT:
            raise CodedError(f"A page has at most {PAGE_LIMIT} entries.", "PAGE_TOO_LARGE", limit=PAGE_LIMIT)
        page = read_after(_cursor(after, room), limit=first)
        resync = Resync(reason=Reason(page.gap), cursor=str(page.cursor)) if page.gap else None
        return WorkspaceEvents(events=Delivered(page).events(), cursor=str(page.cursor), resync=resync)


def _cursor(after: str | None, room: models.Workspace) -> Cursor:
    if after is None:
        return Cursor(room.pk, START, 0)
    try:
        return parse_cursor(after, stream=room.pk)
    except BadCursor:
        raise CodedError("This cursor is not valid here.", "BAD_CURSOR") from None
