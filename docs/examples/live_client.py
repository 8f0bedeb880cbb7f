"""Follow a workspace and miss nothing: a small client to read, to use and to translate into other languages.

python docs/examples/live_client.py ws://127.0.0.1:8000/graphql TOKEN WORKSPACE_ID
"""

import asyncio
import json
import random
import sys
from collections.abc import AsyncIterator
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

FOLLOW = """
subscription Follow($workspace: ID!, $after: String) {
  workspaceUpdates(workspaceId: $workspace, after: $after) {
    __typename
    ... on WorkspaceEvent { cursor kind sentence at actor { name } }
    ... on Heartbeat { cursor }
    ... on Resume { cursor }
    ... on Resync { reason cursor }
    ... on AccessEnded { reason }
  }
}
"""

SLOWEST = 30.0  # seconds between two tries at the most


class Ended(Exception):
    """The server said that there is nothing more to read here for this person."""


class LiveClient:
    """Events of one workspace, in order, each once, over as many connections as it takes."""

    def __init__(
        self, url: str, token: str, workspace: str, *, after: str | None = None, document: str = FOLLOW
    ) -> None:
        self.url, self.token, self.workspace, self.document = url, token, workspace, document
        self.cursor = after  # keep it, and a later run goes on where this one stopped
        self.connections = 0
        self.resyncs = 0

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Every event after the cursor; also Resync, on which to read the workspace afresh. Ends with Ended."""
        pause = 0.0
        while True:
            await asyncio.sleep(random.uniform(pause / 2, pause))  # jitter: not all come back at once
            try:
                async with connect(self.url, subprotocols=["graphql-transport-ws"], max_size=2**22) as socket:
                    await self._open(socket)
                    self.connections += 1
                    async for update in self._subscription(socket):
                        pause = 0.0
                        yield update
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
                pause = min(SLOWEST, max(0.5, pause * 2))

    async def _open(self, socket: ClientConnection) -> None:
        await self._send(socket, {"type": "connection_init", "payload": {"token": self.token}})
        async with asyncio.timeout(10):
            while json.loads(await socket.recv())["type"] != "connection_ack":
                pass

    async def _subscription(self, socket: ClientConnection) -> AsyncIterator[dict[str, Any]]:
        variables = {"workspace": self.workspace, "after": self.cursor}
        payload = {"query": self.document, "variables": variables}
        await self._send(socket, {"id": "1", "type": "subscribe", "payload": payload})
        while True:
            # A heartbeat comes every ten seconds: three missed ones mean that the line is dead.
            async with asyncio.timeout(35):
                message = json.loads(await socket.recv())
            if message["type"] == "ping":
                await self._send(socket, {"type": "pong"})
            elif message["type"] == "error":
                raise Ended(message["payload"])
            elif message["type"] == "complete":
                return
            elif message["type"] == "next":
                update = message["payload"]["data"]["workspaceUpdates"]
                if self._take(update):
                    yield update

    def _take(self, update: dict[str, Any]) -> bool:
        """Move the cursor; whether the update is something to show."""
        kind = update["__typename"]
        if kind == "AccessEnded":
            raise Ended(update["reason"])
        is_new = update["cursor"] != self.cursor
        self.cursor = update["cursor"]
        self.resyncs += kind == "Resync"
        return kind == "Resync" or (kind == "WorkspaceEvent" and is_new)

    @staticmethod
    async def _send(socket: ClientConnection, message: dict[str, Any]) -> None:
        await socket.send(json.dumps(message))


async def main(url: str, token: str, workspace: str) -> None:
    async for update in LiveClient(url, token, workspace).events():
        print(update.get("at", ""), update.get("sentence", update["__typename"]), flush=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:4]))
    except KeyboardInterrupt:
        pass
    except Ended as ended:
        print(f"The server ended it: {ended}")
