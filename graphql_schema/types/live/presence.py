"""Who is in a workspace now."""

from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry_django.optimizer import optimize

from backend.workspaces import models
from backend.workspaces.presence import LISTED, Roster
from graphql_schema.types.live.updates import AccessEnded
from graphql_schema.types.workspaces.forum import Thread
from graphql_schema.types.workspaces.members import WorkspaceMembership
from graphql_schema.viewer import Info, viewer_of

NAMED_TYPING = 10


@strawberry.type(description="Somebody types.")
class Typing:
    member: WorkspaceMembership | None = strawberry.field(description="Who.")
    thread: Thread | None = strawberry.field(description="The thread they type in.")


@strawberry.type(description="Who is in the workspace now, as far as is known: signals may be lost.")
class PresentNow:
    workspace_id: strawberry.Private[UUID]
    roster: strawberry.Private[Roster]

    @strawberry.field(description="How many people are here.")
    def count(self) -> int:
        return len(self.roster)

    @strawberry.field(description=f"The members who are here, at most {LISTED}.")
    def members(self, info: Info) -> list[WorkspaceMembership]:
        return list(optimize(_members(self, info, list(self.roster)[:LISTED]), info))

    @strawberry.field(description=f"Who types, at most {NAMED_TYPING}.")
    def typing(self, info: Info) -> list[Typing]:
        typing = {person: thread for person, thread in self.roster.items() if thread}
        threads = models.Thread.objects.for_viewer(viewer_of(info)).filter(workspace=self.workspace_id)
        found = threads.in_bulk(list(typing.values())[:NAMED_TYPING])
        members = _members(self, info, list(typing)[:NAMED_TYPING]).select_related("person")
        return [Typing(member=member, thread=found.get(typing[member.person_id])) for member in members]


def _members(now: Any, info: Info, people: list[UUID]) -> Any:
    inside = models.WorkspaceMembership.objects.for_viewer(viewer_of(info))
    return inside.filter(workspace=now.workspace_id, left_at=None, person__in=people).order_by("id")


PresenceUpdate = Annotated[
    PresentNow | AccessEnded,
    strawberry.union("PresenceUpdate", description="What `presenceUpdates` sends."),
]
