"""How a live subscription begins: a cursor, a place in the room of its stream, and a last word at its end."""

from collections.abc import AsyncGenerator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from strawberry import argument

from backend.eventlog.cursors import START, BadCursor, Cursor, parse_cursor
from backend.eventlog.reading import head_cursor
from backend.eventlog.threads import in_database
from graphql_schema.delivery.presence import PresenceRoom, presence_room_of
from graphql_schema.delivery.rooms import Room, room_of
from graphql_schema.delivery.selections import Selection
from graphql_schema.delivery.sources import Reader, Source, Updates, WorkspaceSource
from graphql_schema.delivery.subscribers import Subscriber
from graphql_schema.errors import CodedError
from graphql_schema.types.live.updates import AccessEnded, Reason
from graphql_schema.viewer import Info, viewer_of

AFTER = argument(description="The cursor of the last update seen; without one, from now on.")

# The id that a socket gave the operation under way; set by the transport.
operation_id: ContextVar[str] = ContextVar("operation_id")


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription that has begun: its place in a room."""

    subscriber: Subscriber
    room: Room | PresenceRoom

    async def until_it_ends(self) -> None:
        """Events go to the socket by the room, in its order; here only the last word is sent."""
        last = await self.room.follow(self.subscriber)
        if last is not None:
            payload = await in_database(self.subscriber.selection.serialise)(last)
            self.subscriber.outbox.put(self.subscriber.framed(payload))


async def follow(info: Info, source: Source, after: str | None) -> AsyncGenerator[Any, None]:
    """The first update; all others, after the cursor or from now on, come from the room of the source."""
    reader = await _reader(info, source)
    if isinstance(reader, AccessEnded):
        yield reader
        return
    cursor = await _start(source, after)
    yield Updates.heartbeat(cursor=str(cursor))
    _follow_in(room_of(source), info, reader, cursor)


async def attend(info: Info, workspace_id: UUID) -> AsyncGenerator[Any, None]:
    """Who is in the workspace, as it changes: all from its room."""
    reader = await _reader(info, WorkspaceSource(workspace_id))
    if isinstance(reader, AccessEnded):
        yield reader
        return
    _follow_in(presence_room_of(workspace_id), info, reader, Cursor(workspace_id, START, 0))


def _follow_in(room: Room | PresenceRoom, info: Info, reader: Reader, cursor: Cursor) -> None:
    key = operation_id.get()
    subscriber = Subscriber(reader, Selection(info), info.context.outbox, info.context.frame(key), cursor)
    info.context.following[key] = Following(subscriber, room)


async def _reader(info: Info, source: Source) -> Reader | AccessEnded:
    """Who subscribes, if they may."""
    viewer = viewer_of(info)
    if info.context.outbox is None:
        raise CodedError(
            "Live updates need a WebSocket or a stream; `workspaceEvents` gives the same by asking.", "WEBSOCKET_NEEDED"
        )
    if viewer is None:
        return AccessEnded(reason=Reason.NOT_SIGNED_IN)
    reader = Reader(viewer.pk, info.context.proof)
    has_rights = reader in await in_database(source.rights)([reader])
    return reader if has_rights else AccessEnded(reason=Reason.NO_ACCESS)


async def _start(source: Source, after: str | None) -> Cursor:
    if after is None:
        return await in_database(head_cursor)(source.stream_id)
    try:
        return parse_cursor(after, stream=source.stream_id)
    except BadCursor:
        raise CodedError("This cursor is not valid here.", "BAD_CURSOR") from None
