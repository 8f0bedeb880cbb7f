"""A person's inbox, as it fills."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.delivery.sources import InboxSource
from graphql_schema.subscriptions.live import AFTER, follow
from graphql_schema.types.live.updates import NotificationUpdate
from graphql_schema.viewer import Info, viewer_key


@strawberry.type
class InboxSubscription:
    @strawberry.subscription(description="Every new entry of the viewer's inbox, in order, each once.")
    async def notification_added(
        self, info: Info, after: Annotated[str | None, AFTER] = None
    ) -> AsyncGenerator[NotificationUpdate, None]:
        source = InboxSource(viewer_key(info) or UUID(int=0))
        async with aclosing(follow(info, source, after)) as updates:
            async for update in updates:
                yield update
