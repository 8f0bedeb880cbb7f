"""Yardstick: the same answers as one SQL statement each, which returns JSON, on a bare ASGI application."""

import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

from psycopg_pool import AsyncConnectionPool

from bench.peers.statements import STATEMENTS, WHO

pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=8, max_size=8, open=False, kwargs={"autocommit": True})
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    body = await _body(receive)
    asked = json.loads(body)
    await pool.open()
    async with pool.connection() as connection:
        token = dict(scope["headers"])[b"authorization"].removeprefix(b"Bearer ")
        cursor = await connection.execute(WHO, [hashlib.sha256(token).hexdigest()])
        (viewer,) = await cursor.fetchone() or (None,)
        assert viewer
        cursor = await connection.execute(STATEMENTS[asked["name"]], {**asked["keys"], "viewer": viewer})
        (answer,) = await cursor.fetchone() or (None,)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b'{"data":' + str(answer).encode() + b"}"})


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body
