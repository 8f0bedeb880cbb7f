"""One subscription of one socket: where it stands, and how it ends."""

import asyncio
from typing import Any

from backend.eventlog.cursors import Cursor
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.delivery.selections import Selection
from graphql_schema.delivery.sources import Reader


class Subscriber:
    """Gets payloads in order; a socket that cannot keep up is told where to resume."""

    __slots__ = ("cursor", "head", "last", "outbox", "reader", "selection", "tail")

    def __init__(
        self, reader: Reader, selection: Selection, outbox: Outbox, frame: tuple[str, str], cursor: Cursor
    ) -> None:
        self.reader, self.selection, self.outbox, self.cursor = reader, selection, outbox, cursor
        self.head, self.tail = frame
        self.last: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    @property
    def has_ended(self) -> bool:
        return self.last.done()

    def framed(self, payload: str) -> str:
        return f"{self.head}{payload}{self.tail}"

    def deliver(self, payload: str, cursor: Cursor) -> bool:
        """Hand a payload to the socket; False when the socket is too far behind."""
        if self.outbox.is_full:
            return False
        self.outbox.put(self.framed(payload))
        self.cursor = cursor
        return True

    def end(self, last: Any = None) -> None:
        """Stop, with one last update to send."""
        if not self.last.done():
            self.last.set_result(last)
