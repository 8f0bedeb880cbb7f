"""Everybody's socket in this process, over the very protocol, in a world that nobody outside the test sees."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from django.db import connections

from backend.eventlog import threads
from graphql_schema.websocket.socket import Socket

PATIENCE = 10  # seconds


@contextmanager
def one_connection() -> Iterator[None]:
    """The thread that asks the database shares the test's connection, which holds what was never committed."""
    shared: Any = connections["default"]
    usual = threads._threads
    shared.inc_thread_sharing()
    shared.close_if_unusable_or_obsolete = lambda: None  # threads give theirs back
    with ThreadPoolExecutor(1, initializer=lambda: connections.__setitem__("default", shared)) as thread:
        threads._threads = thread
        try:
            yield
        finally:
            threads._threads = usual
            del shared.close_if_unusable_or_obsolete
            shared.dec_thread_sharing()


class Line:
    """One socket; what arrives is kept by the id of its subscription."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.arrived: dict[str, list[Any]] = {}
        self.ended: set[str] = set()
        self.code = 0  # with which the server closed it
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.moved = asyncio.Event()
        scope = {"subprotocols": ["graphql-transport-ws"], "headers": [], "client": None}
        self.socket = Socket(scope, self.sent.get, self._take)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Line"]:
        task = asyncio.create_task(self.socket.run())
        self.sent.put_nowait({"type": "websocket.connect"})
        self._send(type="connection_init", payload={"token": self.token} if self.token else {})
        try:
            await self.until(lambda: "ack" in self.arrived or self.code)
            yield self
        finally:
            self.sent.put_nowait({"type": "websocket.disconnect"})
            await task

    def ask(self, key: str, document: str, **variables: Any) -> None:
        self.arrived[key] = []
        self._send(id=key, type="subscribe", payload={"query": document, "variables": variables})

    async def until(self, happened: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not happened():
                self.moved.clear()
                await self.moved.wait()

    def _send(self, **message: Any) -> None:
        self.sent.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def _take(self, sent: dict[str, Any]) -> None:
        self.code = sent.get("code", self.code)
        message = json.loads(sent.get("text", "{}"))
        if message.get("type") == "connection_ack":
            self.arrived["ack"] = []
        elif message.get("type") == "complete":
            self.ended.add(message["id"])
        elif message:
            assert message["type"] == "next", message
            self.arrived[message["id"]].append(message["payload"])
        self.moved.set()
