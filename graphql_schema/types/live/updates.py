"""What a live subscription sends."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import strawberry

from backend.eventlog.models import Entry
from backend.eventlog.reading import Gap
from backend.eventlog.wording import word
from graphql_schema import choices
from graphql_schema.types.accounts import Person
from graphql_schema.types.live.desk import Queue
from graphql_schema.types.notifications import Notification
from graphql_schema.types.projects import Project
from graphql_schema.types.workspaces.chat import ChatMessage, ChatRoom
from graphql_schema.types.workspaces.forum import Discussion, Post, Thread, Update
from graphql_schema.types.workspaces.materials import File, Folder
from graphql_schema.types.workspaces.members import WorkspaceMembership
from graphql_schema.types.workspaces.pages import Page
from graphql_schema.types.workspaces.plan import Activity, Meeting
from graphql_schema.types.workspaces.room import Workspace
from graphql_schema.viewer import Info


class Reason(StrEnum):
    """Why a subscription cannot go on."""

    TOO_OLD = Gap.TOO_OLD
    AHEAD = Gap.AHEAD
    NEW_EPOCH = Gap.NEW_EPOCH
    NOT_SIGNED_IN = "NOT_SIGNED_IN"
    NO_ACCESS = "NO_ACCESS"


choices.enum(
    Reason,
    "UpdateReason",
    "Why a subscription cannot go on.",
    TOO_OLD="Events after the cursor have been forgotten",
    AHEAD="The cursor is ahead of the stream",
    NEW_EPOCH="The stream was restored from a backup",
    NOT_SIGNED_IN="Nobody is signed in",
    NO_ACCESS="There is no such thing, or the viewer may not read it",
)

HIDDEN = "workspace.hidden"
CURSOR = "Where the stream stands now; keep it and hand it back as `after`."

Subject = Annotated[
    Workspace
    | WorkspaceMembership
    | Discussion
    | Thread
    | Post
    | Update
    | File
    | Folder
    | Page
    | Activity
    | Meeting
    | ChatRoom
    | ChatMessage,
    strawberry.union("WorkspaceSubject", description="What a workspace event is about, as it is now."),
]


@strawberry.type(description="Something happened in the workspace.")
class WorkspaceEvent:
    entry: strawberry.Private[Entry]
    page: strawberry.Private[Any]
    cursor: str = strawberry.field(description=CURSOR)

    @strawberry.field(description="The number in the stream: 1, 2, 3 … without gaps.")
    def seq(self) -> int:
        return self.entry.seq

    @strawberry.field(description="When it happened.")
    def at(self) -> datetime:
        return self.entry.event.at

    @strawberry.field(
        description="What kind of event it is, such as `workspace.post_added`; `workspace.hidden` for what the viewer "
        "may not see: it only keeps the numbers without gaps."
    )
    def kind(self, info: Info) -> str:
        return self.entry.event.kind if self.page.shows(self.entry, info) else HIDDEN

    @strawberry.field(description="Who did it; null for the system and for somebody who is gone.")
    def actor(self, info: Info) -> Person | None:
        return self.page.actor(self.entry, info) if self.page.shows(self.entry, info) else None

    @strawberry.field(description="The event as a sentence.")
    def sentence(self, info: Info) -> str:
        return word(self.entry.event, None) if self.page.shows(self.entry, info) else ""

    @strawberry.field(description="What it is about, as it is now and as the viewer may see it; null once gone.")
    def subject(self, info: Info) -> Subject | None:
        return self.page.subject(self.entry, info) if self.page.shows(self.entry, info) else None


@strawberry.type(description="Nothing happened; the line is alive.")
class Heartbeat:
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="The server ends this subscription; subscribe again after this cursor.")
class Resume:
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="The cursor cannot be continued: read everything afresh, then subscribe after this one.")
class Resync:
    reason: Reason = strawberry.field(description="Why.")
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="The viewer may not read this any more.")
class AccessEnded:
    reason: Reason = strawberry.field(description="Why.")


@strawberry.type(description="Something came into the viewer's inbox.")
class NotificationEvent:
    entry: strawberry.Private[Entry]
    page: strawberry.Private[Any]
    cursor: str = strawberry.field(description=CURSOR)

    @strawberry.field(description="The new entry of the inbox.")
    def notification(self, info: Info) -> Notification | None:
        return self.page.notification(self.entry, info)


@strawberry.type(description="A step in the life of a project: whose turn it is now, since when and until when.")
class ProjectEvent:
    entry: strawberry.Private[Entry]
    page: strawberry.Private[Any]
    cursor: str = strawberry.field(description=CURSOR)

    @strawberry.field(description="When it happened.")
    def at(self) -> datetime:
        return self.entry.event.at

    @strawberry.field(description="What kind of event it is, such as `project.approved`.")
    def kind(self) -> str:
        return self.entry.event.kind

    @strawberry.field(description="The project as it is now.")
    def project(self, info: Info) -> Project | None:
        return self.page.subject(self.entry, info)


@strawberry.type(description="How much waits on an officer's desk. Counts only.")
class DeskCounts:
    people: Queue = strawberry.field(description="People to validate.")
    schools: Queue = strawberry.field(description="Schools to validate.")
    projects: Queue = strawberry.field(description="Projects to decide on.")
    reports: Queue = strawberry.field(description="Reports to decide.")
    labels: Queue = strawberry.field(description="Applications for the quality label.")
    help: Queue = strawberry.field(description="Questions to answer.")


NotificationUpdate = Annotated[
    NotificationEvent | Heartbeat | Resume | Resync | AccessEnded,
    strawberry.union("NotificationUpdate", description="What `notificationAdded` sends."),
]
ProjectUpdate = Annotated[
    ProjectEvent | Heartbeat | Resume | Resync | AccessEnded,
    strawberry.union("ProjectUpdate", description="What `projectUpdates` sends."),
]
DeskUpdate = Annotated[
    DeskCounts | AccessEnded,
    strawberry.union("DeskUpdate", description="What `deskUpdates` sends."),
]
WorkspaceUpdate = Annotated[
    WorkspaceEvent | Heartbeat | Resume | Resync | AccessEnded,
    strawberry.union("WorkspaceUpdate", description="What `workspaceUpdates` sends."),
]
