"""Speaking graphql-transport-ws in tests, message by message."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.server import Server


@asynccontextmanager
async def socket(server: Server, token: str = "", **headers: str) -> AsyncIterator[ClientConnection]:
    """An acknowledged connection."""
    url = server.url.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=["graphql-transport-ws"], additional_headers=headers) as connection:  # type: ignore[list-item]
        await send(connection, type="connection_init", payload={"token": token} if token else {})
        assert (await receive(connection))["type"] == "connection_ack"
        yield connection


async def send(connection: ClientConnection, **message: Any) -> None:
    await connection.send(json.dumps(message))


async def receive(connection: ClientConnection) -> Any:
    async with asyncio.timeout(5):
        return json.loads(await connection.recv())


async def subscribe(connection: ClientConnection, document: str, key: str = "1", **variables: Any) -> Any:
    """Subscribe; returns the first update."""
    await send(connection, id=key, type="subscribe", payload={"query": document, "variables": variables})
    return await update(connection)


async def update(connection: ClientConnection) -> Any:
    """The next update of the only root field."""
    message = await receive(connection)
    assert message["type"] == "next", message
    (found,) = message["payload"]["data"].values()
    return found


async def mutate(server: Server, token: str, mutation: str, **given: Any) -> str:
    """Run a mutation over HTTP; returns the id of what it gives."""
    name = mutation[:1].upper() + mutation[1:]
    document = f"mutation($input: {name}Input!) {{ it: {mutation}(input: $input) {{ ... on Node {{ id }} }} }}"
    return str((await ask(server, token, document, input=given))["it"]["id"])


async def ask(server: Server, token: str, document: str, **variables: Any) -> Any:
    """The data that a document gives over HTTP."""
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as client:
        body = {"query": document, "variables": variables}
        answer = (await client.post(f"{server.url}/graphql", json=body)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def closed(connection: ClientConnection) -> int:
    """The code that the server closes with."""
    with suppress(ConnectionClosed):
        while True:
            await receive(connection)
    assert connection.close_code is not None
    return connection.close_code
