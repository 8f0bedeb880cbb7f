"""The API over WebSockets: graphql-transport-ws, and nothing else. One ASGI coroutine a connection."""

import datetime as dt
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.unset import UNSET

from backend.accounts.models import Person
from backend.accounts.sign_in import person_of_session, person_of_token, session_proof, token_proof
from backend.eventlog.threads import in_database
from graphql_schema.delivery.framing import message_frame
from graphql_schema.delivery.lines import lines, of_same_person, resume_later
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.limits.payers import address_of
from graphql_schema.schema import schema
from graphql_schema.viewer import Context
from graphql_schema.websocket.handler import Handler
from graphql_schema.websocket.places import A_PERSON, give_back, take

MESSAGE_LIMIT = 64 * 1024  # bytes
SUBSCRIPTIONS = 20  # a socket
RESTARTING = 1012
INITIALISED_WITHIN = dt.timedelta(seconds=5)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    await Socket(scope, receive, send).run()


class Socket(AsyncWebSocketAdapter):
    """One connection. It has no channel layer: the hub alone does, so sockets outlive Redis. Everything leaves
    through the outbox, so that messages keep their order and slow readers cost little."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self.is_closed = False
        self.place = ""
        peer = (scope.get("client") or [""])[0]
        address = address_of(peer, self._header(b"x-forwarded-for"))
        outbox = Outbox(self._send_text)
        self.context = Context(viewer=None, outbox=outbox, following={}, frame=message_frame, address=address)

    async def run(self) -> None:
        assert (await self._receive())["type"] == "websocket.connect"
        if GRAPHQL_TRANSPORT_WS_PROTOCOL not in self.scope["subprotocols"]:
            await self._send({"type": "websocket.accept"})
            await self.close(4406, "Subprotocol not acceptable")
            return
        await self._send({"type": "websocket.accept", "subprotocol": GRAPHQL_TRANSPORT_WS_PROTOCOL})
        lines.add(self)
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
            lines.discard(self)
            self.context.outbox.close()
            await give_back(self.place)

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """The client's messages until it leaves."""
        while not self.is_closed:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                raise NonTextMessageReceived
            if len(text) > MESSAGE_LIMIT or len(text.encode()) > MESSAGE_LIMIT:
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
                await self._refuse(4403, "This token is not valid.")
        elif key := self._session_key():
            context.viewer, context.proof = await in_database(person_of_session)(key), session_proof(key)
        context.language = self._language(context.viewer)
        await self._take_place()
        return UNSET

    async def _take_place(self) -> None:
        """In this process, and in the others as far as they can be asked."""
        if self.context.viewer:
            is_one_too_many = of_same_person(self) > A_PERSON
            place = None if is_one_too_many else await take(self.context.viewer.pk)
            if place is None:
                await self._refuse(4429, "Too many connections")
            self.place = place or ""

    async def _refuse(self, code: int, reason: str) -> None:
        """Close instead of acknowledging."""
        await self.close(code, reason)
        raise WebSocketDisconnected

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
        await resume_later(self.context)
        await self.close(RESTARTING, "Restarting")
