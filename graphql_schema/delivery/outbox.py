"""What waits to be sent to one socket: in order, and never more than a slow reader may cost."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

BYTES = 1024 * 1024
MESSAGES = 1000

Waiting = deque[tuple[str, asyncio.Future[None] | None]]
NOTHING: Waiting = deque()


class Outbox:
    """Messages for one socket. `put` never waits; a socket that cannot keep up makes it `is_full`."""

    __slots__ = ("_bytes", "_send", "_waiting", "_writer", "is_closed")

    def __init__(self, send: Callable[[str], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: Waiting = NOTHING
        self._bytes = 0
        self._writer: asyncio.Task[None] | None = None
        self.is_closed = False

    @property
    def is_full(self) -> bool:
        return self._bytes > BYTES or len(self._waiting) > MESSAGES

    def put(self, text: str, sent: asyncio.Future[None] | None = None) -> None:
        """Send when all that was put before has been sent."""
        if self.is_closed:
            return
        if self._waiting is NOTHING:
            self._waiting = deque()
        self._waiting.append((text, sent))
        self._bytes += len(text)
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write())

    async def send(self, text: str) -> None:
        """The same, and wait until the socket took it."""
        if self.is_closed:
            return
        sent = asyncio.get_running_loop().create_future()
        self.put(text, sent)
        await sent

    def close(self) -> None:
        """Nothing more is sent; whoever waits goes on."""
        self.is_closed = True
        if self._writer:
            self._writer.cancel()
        self._forget()

    async def _write(self) -> None:
        try:
            while self._waiting:
                text, sent = self._waiting[0]
                await self._send(text)
                self._waiting.popleft()
                self._bytes -= len(text)
                _settle(sent)
        except Exception:
            self.is_closed = True  # the socket is gone
        finally:
            self._writer = None
            self._forget()

    def _forget(self) -> None:
        for _, sent in self._waiting:
            _settle(sent)
        self._waiting = NOTHING  # most sockets wait most of the time: an empty deque for each would add up
        self._bytes = 0


def _settle(sent: asyncio.Future[None] | None) -> None:
    if sent is not None and not sent.done():
        with suppress(asyncio.InvalidStateError):
            sent.set_result(None)
