"""The same subscription the stock way: every consumer in a group of channels_redis, every event executed for each.

It promises less: no numbers, no cursor, no rights checked after the start, and what the layer drops is gone.
"""

from collections.abc import AsyncGenerator
from typing import Any

import strawberry
from asgiref.sync import sync_to_async
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

http = get_asgi_application()

from strawberry.channels import GraphQLWSConsumer

from backend.accounts.models import Person
from backend.accounts.sign_in import person_of_token
from backend.workspaces.models import Post, WorkspaceMembership


@strawberry.type
class Author:
    name: str


@strawberry.type
class Said:
    text: str


@strawberry.type
class Event:
    kind: str
    actor: Author
    subject: Said


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def workspace_updates(self, info: strawberry.Info, workspace_key: str) -> AsyncGenerator[Event, None]:
        if not await sync_to_async(_may_read)(info.context["connection_params"].get("token", ""), workspace_key):
            return
        consumer: Any = info.context["ws"]
        async with consumer.listen_to_channel("post.added", groups=[f"room.{workspace_key}"]) as messages:
            async for message in messages:
                post = await Post.objects.select_related("author").aget(pk=message["post"])
                actor, subject = Author(name=str(post.author)), Said(text=post.text)
                yield Event(kind="workspace.post_added", actor=actor, subject=subject)


def _may_read(token: str, workspace_key: str) -> bool:
    person: Person | None = person_of_token(token)
    return person is not None and WorkspaceMembership.objects.filter(person=person, workspace=workspace_key).exists()


@strawberry.type
class Query:
    @strawberry.field
    def nothing(self) -> str:
        return ""


schema = strawberry.Schema(query=Query, subscription=Subscription)
websocket = URLRouter([path("graphql", GraphQLWSConsumer.as_asgi(schema=schema))])
application = ProtocolTypeRouter({"http": http, "websocket": websocket})
