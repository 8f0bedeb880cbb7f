"""What happens in a workspace, as it happens."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import argument

from graphql_schema.delivery.sources import WorkspaceSource
from graphql_schema.lookup import key_of
from graphql_schema.subscriptions.live import AFTER, attend, follow
from graphql_schema.types.live.presence import PresenceUpdate
from graphql_schema.types.live.updates import WorkspaceUpdate
from graphql_schema.viewer import Info


@strawberry.type
class WorkspacesSubscription:
    @strawberry.subscription(
        description="Every event of a workspace, in order, each once. Begins with a heartbeat; keep the last cursor."
    )
    async def workspace_updates(
        self,
        info: Info,
        workspace_id: Annotated[strawberry.ID, argument(description="The workspace.")],
        after: Annotated[str | None, AFTER] = None,
    ) -> AsyncGenerator[WorkspaceUpdate, None]:
        # An id that names no workspace is one that the viewer may not read.
        source = WorkspaceSource(key_of(workspace_id, "Workspace") or UUID(int=0))
        async with aclosing(follow(info, source, after)) as updates:
            async for update in updates:
                yield update

    @strawberry.subscription(
        description="Who is in a workspace now and where they type, as it changes. Who follows it is present."
    )
    async def presence_updates(
        self, info: Info, workspace_id: Annotated[strawberry.ID, argument(description="The workspace.")]
    ) -> AsyncGenerator[PresenceUpdate, None]:
        async with aclosing(attend(info, key_of(workspace_id, "Workspace") or UUID(int=0))) as updates:
            async for update in updates:
                yield update
