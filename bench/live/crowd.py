"""Thousands of subscribers, and when each event reached them."""

import asyncio
import json
import re
import time
from collections.abc import Iterable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

DESIGN = """subscription($id: ID!) { workspaceUpdates(workspaceId: $id) { __typename
  ... on WorkspaceEvent { seq cursor kind actor { name } subject { ... on Post { text } } }
  ... on Heartbeat { cursor } ... on Resume { cursor } ... on Resync { cursor } ... on AccessEnded { reason } } }"""
STOCK = """subscription($id: String!) { workspaceUpdates(workspaceKey: $id) {
  kind actor { name } subject { text } } }"""
WRITTEN = re.compile(r"@(\d+\.\d+)@")
AT_ONCE = 50


class Crowd:
    """Sockets to one server. `delays` are in seconds, from before the write to the arrival."""

    def __init__(self, url: str, way: str) -> None:
        self.url = url.replace("http", "ws") + "/graphql"
        self.way = way
        self.delays: list[float] = []
        self.sockets: list[ClientConnection] = []
        self.readers: list[asyncio.Task[None]] = []

    async def come(self, seats: Iterable[tuple[dict[str, Any], str]]) -> None:
        """Connect and subscribe, one socket for each (workspace, token)."""
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._sit(gate, room, token) for room, token in seats))

    async def _sit(self, gate: asyncio.Semaphore, room: dict[str, Any], token: str) -> None:
        async with gate:
            socket = await connect(
                self.url, subprotocols=["graphql-transport-ws"], compression=None, ping_interval=None, open_timeout=60
            )
            await socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
            await socket.recv()
            document, key = (DESIGN, room["id"]) if self.way == "design" else (STOCK, room["key"])
            payload = {"query": document, "variables": {"id": key}}
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            if self.way == "design":
                await socket.recv()
        self.sockets.append(socket)
        self.readers.append(asyncio.create_task(self._read(socket)))

    async def _read(self, socket: ClientConnection) -> None:
        async for message in socket:
            if written := WRITTEN.search(str(message)):
                self.delays.append(time.time() - float(written[1]))

    def stop_reading(self) -> None:
        """From now on none of them takes anything off the line."""
        for socket in self.sockets:
            socket.transport.pause_reading()

    async def leave(self) -> None:
        for reader in self.readers:
            reader.cancel()
        await asyncio.gather(*self.readers, return_exceptions=True)
        for socket in self.sockets:
            socket.transport.abort()
