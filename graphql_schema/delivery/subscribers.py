"""One subscription of one socket: where it stands, and how it ends."""

import asyncio
import json
from typing import Any

from backend.eventlog.cursors import Cursor
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.delivery.selections import Selection
from graphql_schema.delivery.sources import Reader


class Subscriber:
    """Gets payloads in order; a socket that cannot keep up is told where to resume."""

    __slots__ = ("cursor", "head", "last", "outbox", "reader", "selection")

    def __init__(self, reader: Reader, selection: Selection, outbox: Outbox, operation_id: str, cursor: Cursor) -> None:
        self.reader, self.selection, self.outbox, self.cursor = reader, selection, outbox, cursor
        self.head = f'{{"id":{json.dumps(operation_id)},"type":"next","payload":'
        self.last: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    @property
    def has_ended(self) -> bool:
        return self.last.done()

    def deliver(self, payload: str, cursor: Cursor) -> bool:
        """Hand a payload to the socket; False when the socket is too far behind."""
        if self.outbox.is_full:
            return False
        self.outbox.put(f"{self.head}{payload}}}")
        self.cursor = cursor
        return True

    def end(self, last: Any = None) -> None:
        """Stop, with one last update to send."""
        if not self.last.done():
            self.last.set_result(last)
