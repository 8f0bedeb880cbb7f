"""The steps of a project, as they are taken."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import argument

from graphql_schema.delivery.sources import ProjectSource
from graphql_schema.lookup import key_of
from graphql_schema.subscriptions.live import AFTER, follow
from graphql_schema.types.live.updates import ProjectUpdate
from graphql_schema.viewer import Info


@strawberry.type
class ProjectsSubscription:
    @strawberry.subscription(
        description="Every step of a project: whose turn it is, since when and until when. For its members and agencies."
    )
    async def project_updates(
        self,
        info: Info,
        project_id: Annotated[strawberry.ID, argument(description="The project.")],
        after: Annotated[str | None, AFTER] = None,
    ) -> AsyncGenerator[ProjectUpdate, None]:
        source = ProjectSource(key_of(project_id, "Project") or UUID(int=0))
        async with aclosing(follow(info, source, after)) as updates:
            async for update in updates:
                yield update
