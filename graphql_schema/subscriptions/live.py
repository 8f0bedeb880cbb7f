"""How a live subscription begins: a cursor, a place in the room of its stream, and a last word at its end."""

import json
from collections.abc import AsyncGenerator
from contextvars import ContextVar
from typing import Any

from strawberry import argument

from backend.eventlog.cursors import BadCursor, Cursor, parse_cursor
from backend.eventlog.reading import head_cursor
from backend.eventlog.threads import in_database
from graphql_schema.delivery.rooms import room_of
from graphql_schema.delivery.selections import Selection
from graphql_schema.delivery.sources import Reader, Source, Updates
from graphql_schema.delivery.subscribers import Subscriber
from graphql_schema.errors import CodedError
from graphql_schema.types.updates import Reason
from graphql_schema.viewer import Info, viewer_of

AFTER = argument(description="The cursor of the last update seen; without one, from now on.")

# The id that a socket gave the operation under way; set by the WebSocket transport.
operation_id: ContextVar[str] = ContextVar("operation_id")


async def follow(info: Info, source: Source, after: str | None) -> AsyncGenerator[Any, None]:
    """Updates of the source after the cursor, or from now on. Events go to the socket by the room, in its order;
    what this generator yields is the first heartbeat and the last word."""
    viewer, outbox = viewer_of(info), info.context.outbox
    if outbox is None:
        raise CodedError(
            "Live updates need a WebSocket; `workspaceEvents` gives the same by asking.", "WEBSOCKET_NEEDED"
        )
    if viewer is None:
        yield Updates.access_ended(reason=Reason.NOT_SIGNED_IN)
        return
    cursor = await _start(source, after)
    reader = Reader(viewer.pk, info.context.proof)
    if reader not in await in_database(source.rights)([reader]):
        yield Updates.access_ended(reason=Reason.NO_ACCESS)
        return
    yield Updates.heartbeat(cursor=str(cursor))
    head = f'{{"id":{json.dumps(operation_id.get())},"type":"next","payload":'
    subscriber = Subscriber(reader, Selection(info), outbox, lambda payload: f"{head}{payload}}}", cursor)
    info.context.subscribing.add(subscriber)
    try:
        last = await room_of(source).follow(subscriber)
    finally:
        info.context.subscribing.discard(subscriber)
    if last is not None:
        yield last


async def _start(source: Source, after: str | None) -> Cursor:
    if after is None:
        return await in_database(head_cursor)(source.stream_id)
    try:
        return parse_cursor(after, stream=source.stream_id)
    except BadCursor:
        raise CodedError("This cursor is not valid here.", "BAD_CURSOR") from None
