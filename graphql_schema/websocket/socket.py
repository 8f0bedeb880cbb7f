"""The API over WebSockets: graphql-transport-ws, and nothing else. One ASGI coroutine a connection."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from backend.accounts.models import Person
from backend.accounts.sign_in import person_of_session, person_of_token, session_proof, token_proof
from backend.eventlog.threads import in_database
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.delivery.sources import Updates
from graphql_schema.schema import schema
from graphql_schema.viewer import Context
from graphql_schema.websocket.handler import Handler

MESSAGE_LIMIT = 64 * 1024  # characters
SUBSCRIPTIONS = 20  # a socket
SOCKETS_A_PERSON = 5  # in one process
RESTARTING = 1012
INITIALISED_WITHIN = dt.timedelta(seconds=5)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_sockets: "WeakSet[Socket]" = WeakSet()


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    await Socket(scope, receive, send).run()


class Socket(AsyncWebSocketAdapter):
    """One connection. It has no channel layer: the hub alone does, so sockets outlive Redis. Everything leaves
    through the outbox, so that messages keep their order and slow readers cost little."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.is_closed = False
        self.context = Context(viewer=None, outbox=Outbox(self._send_text), following={})

    async def run(self) -> None:
        assert (await self._receive())["type"] == "websocket.connect"
        if GRAPHQL_TRANSPORT_WS_PROTOCOL not in self.scope["subprotocols"]:
            await self._send({"type": "websocket.accept"})
            await self.close(4406, "Subprotocol not acceptable")
            return
        await self._send({"type": "websocket.accept", "subprotocol": GRAPHQL_TRANSPORT_WS_PROTOCOL})
        _sockets.add(self)
        try:
            await Handler(
                view=self,  # type: ignore[arg-type]
                websocket=self,
                context=self.context,
                root_value=None,
                schema=schema,
                connection_init_wait_timeout=INITIALISED_WITHIN,
                max_subscriptions_per_connection=SUBSCRIPTIONS,
            ).handle()
        finally:
            _sockets.discard(self)
            self.context.outbox.close()

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """The client's messages until it leaves."""
        while not self.is_closed:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                raise NonTextMessageReceived
            if len(text) > MESSAGE_LIMIT:
                await self.close(4400, "Message too large")
                return
            try:
                yield json.loads(text)
            except (ValueError, RecursionError) as error:
                raise NonJsonMessageReceived from error

    async def send_json(self, message: Mapping[str, object]) -> None:
        await self.context.outbox.send(json.dumps(message, separators=(",", ":"), ensure_ascii=False))

    async def close(self, code: int, reason: str) -> None:
        if not self.is_closed:
            self.is_closed = True
            await self._send({"type": "websocket.close", "code": code, "reason": reason})

    async def _send_text(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def on_ws_connect(self, context: Context) -> Any:
        token = context.connection_params.pop("token", None)
        if isinstance(token, str) and token:
            context.viewer, context.proof = await in_database(person_of_token)(token), token_proof(token)
            if context.viewer is None:
                await self.close(4403, "This token is not valid.")
                return UNSET
        elif key := self._session_key():
            context.viewer, context.proof = await in_database(person_of_session)(key), session_proof(key)
        context.language = self._language(context.viewer)
        if context.viewer and sum(s.context.viewer == context.viewer for s in _sockets) > SOCKETS_A_PERSON:
            await self.close(4429, "Too many connections")
        return UNSET

    def _header(self, name: bytes) -> str:
        return next((value.decode("latin1") for key, value in self.scope["headers"] if key == name), "")

    def _session_key(self) -> str:
        """The session cookie, when the page that opened the socket is one of ours."""
        origin = self._header(b"origin")
        ours = urlsplit(origin).netloc == self._header(b"host") or origin in settings.CSRF_TRUSTED_ORIGINS
        if not origin or not ours:
            return ""
        cookies = (part.strip().partition("=") for part in self._header(b"cookie").split(";"))
        return next((value for name, _, value in cookies if name == settings.SESSION_COOKIE_NAME), "")

    def _language(self, viewer: Person | None) -> str:
        wanted = viewer.language if viewer else self._header(b"accept-language")[:2]
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            return settings.LANGUAGE_CODE

    async def release(self) -> None:
        """Tell every subscription where to resume, and the client to come back."""
        for following in list(self.context.following.values()):
            following.subscriber.end(Updates.resume(cursor=str(following.subscriber.cursor)))
        async for _ in _until(lambda: not self.context.following, seconds=1):
            pass
        await self.close(RESTARTING, "Restarting")


async def release_sockets(seconds: float) -> None:
    """Before the process ends: all sockets, spread over the time so that not all come back at once."""
    sockets = list(_sockets)
    await asyncio.gather(*(_release_later(socket, seconds * n / len(sockets)) for n, socket in enumerate(sockets)))


async def _release_later(socket: Socket, delay: float) -> None:
    await asyncio.sleep(delay)
    await socket.release()


async def _until(holds: Any, *, seconds: float) -> AsyncIterator[None]:
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
        yield
