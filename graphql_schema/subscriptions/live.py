"""How a live subscription begins: a cursor, a place in the room of its stream, and a last word at its end."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from strawberry import argument

from backend.eventlog.cursors import START, BadCursor, Cursor, parse_cursor
from backend.eventlog.reading import head_cursor
from backend.eventlog.threads import in_database
from graphql_schema.delivery.presence import presence_room_of
from graphql_schema.delivery.rooms import room_of
from graphql_schema.delivery.selections import Selection
from graphql_schema.delivery.sources import Reader, Source, Updates, WorkspaceSource
from graphql_schema.delivery.subscribers import Subscriber
from graphql_schema.errors import CodedError
from graphql_schema.types.updates import AccessEnded, Reason
from graphql_schema.viewer import Info, viewer_of

AFTER = argument(description="The cursor of the last update seen; without one, from now on.")

# The id that a socket gave the operation under way; set by the WebSocket transport.
operation_id: ContextVar[str] = ContextVar("operation_id")


async def follow(info: Info, source: Source, after: str | None) -> AsyncGenerator[Any, None]:
    """Updates of the source after the cursor, or from now on. Events go to the socket by the room, in its order;
    what this generator yields is the first heartbeat and the last word."""
    reader = await _reader(info, source)
    if isinstance(reader, AccessEnded):
        yield reader
        return
    cursor = await _start(source, after)
    yield Updates.heartbeat(cursor=str(cursor))
    last = await _serve(info, reader, cursor, room_of(source).follow)
    if last is not None:
        yield last


async def attend(info: Info, workspace_id: UUID) -> AsyncGenerator[Any, None]:
    """Who is in the workspace, as it changes."""
    source = WorkspaceSource(workspace_id)
    reader = await _reader(info, source)
    if isinstance(reader, AccessEnded):
        yield reader
        return
    last = await _serve(info, reader, Cursor(workspace_id, START, 0), presence_room_of(workspace_id).follow)
    if isinstance(last, AccessEnded):
        yield last


async def _reader(info: Info, source: Source) -> Reader | AccessEnded:
    """Who subscribes, if they may."""
    viewer = viewer_of(info)
    if info.context.outbox is None:
        raise CodedError(
            "Live updates need a WebSocket; `workspaceEvents` gives the same by asking.", "WEBSOCKET_NEEDED"
        )
    if viewer is None:
        return AccessEnded(reason=Reason.NOT_SIGNED_IN)
    reader = Reader(viewer.pk, info.context.proof)
    has_rights = reader in await in_database(source.rights)([reader])
    return reader if has_rights else AccessEnded(reason=Reason.NO_ACCESS)


async def _serve(
    info: Info, reader: Reader, cursor: Cursor, follow_in_room: Callable[[Subscriber], Awaitable[Any]]
) -> Any:
    """Hand the subscription over to its room until it ends; returns the last word."""
    head = f'{{"id":{json.dumps(operation_id.get())},"type":"next","payload":'
    outbox = info.context.outbox
    subscriber = Subscriber(reader, Selection(info), outbox, lambda payload: f"{head}{payload}}}", cursor)
    info.context.subscribing.add(subscriber)
    try:
        return await follow_in_room(subscriber)
    finally:
        info.context.subscribing.discard(subscriber)


async def _start(source: Source, after: str | None) -> Cursor:
    if after is None:
        return await in_database(head_cursor)(source.stream_id)
    try:
        return parse_cursor(after, stream=source.stream_id)
    except BadCursor:
        raise CodedError("This cursor is not valid here.", "BAD_CURSOR") from None
