"""The API over WebSockets: graphql-transport-ws, and nothing else."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from graphql import GraphQLError, OperationType, get_operation_ast, parse
from strawberry.channels import GraphQLWSConsumer
from strawberry.channels.handlers.ws_handler import ChannelsWebSocketAdapter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.types.unset import UNSET

from backend.accounts.models import Person
from backend.accounts.sign_in import person_of_session, person_of_token, session_proof, token_proof
from backend.eventlog.threads import in_database
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.delivery.sources import Updates
from graphql_schema.errors import CodedError, masked
from graphql_schema.limits import TOKENS
from graphql_schema.schema import schema
from graphql_schema.subscriptions.live import operation_id
from graphql_schema.viewer import Context

MESSAGE_LIMIT = 64 * 1024  # characters
SUBSCRIPTIONS = 20  # a socket
SOCKETS_A_PERSON = 5  # in one process
RESTARTING = 1012

_sockets: "WeakSet[Socket]" = WeakSet()


class Adapter(ChannelsWebSocketAdapter):
    """Everything leaves through the outbox, so that messages keep their order and slow readers cost little."""

    async def send_json(self, message: Any) -> None:
        await self.ws_consumer.context.outbox.send(self.view.encode_json(message))


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """The protocol to the letter where the stock handler leaves it."""

    async def handle_message(self, message: Any) -> None:
        try:
            assert isinstance(message, dict)
            if message["type"] == "subscribe":
                assert isinstance(message["id"], str)
                assert isinstance(message["payload"]["query"], str)
            await super().handle_message(message)  # type: ignore[arg-type]
        except (KeyError, TypeError, AttributeError, AssertionError):
            await self.handle_invalid_message("Invalid message")

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Subscriptions stream; queries and mutations run in a database thread as over HTTP."""
        try:
            document = parse(operation.query, max_tokens=TOKENS)
        except GraphQLError as error:
            await operation.send_initial_errors([masked(error)])
            return
        found = get_operation_ast(document, operation.operation_name)
        if found is None:
            await operation.send_initial_errors([CodedError("There is no such operation.", "OPERATION_MISSING")])
        elif found.operation == OperationType.SUBSCRIPTION:
            operation_id.set(operation.id)
            with translation.override(self.context.language):
                await super().run_operation(operation)
        else:
            await self._run_at_once(operation)

    async def _run_at_once(self, operation: Operation[Context, None]) -> None:
        with translation.override(self.context.language):
            result = await in_database(self.schema.execute_sync)(
                operation.query,
                variable_values=operation.variables,
                context_value=self.context,
                operation_name=operation.operation_name,
            )
        if result.errors and result.data is None and not any(error.path for error in result.errors):
            await operation.send_initial_errors(result.errors)
            return
        await operation.send_next(result)
        await operation.send_operation_message({"id": operation.id, "type": "complete"})

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> None:
        """A wrong document ends its operation, not the socket and the other subscriptions on it."""


class Socket(GraphQLWSConsumer):
    """One connection. It has no channel layer: the hub alone does, so sockets outlive Redis."""

    channel_layer_alias = "none"
    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler
    context: Context

    def __init__(self) -> None:
        super().__init__(
            schema=schema,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=dt.timedelta(seconds=5),
            max_subscriptions_per_connection=SUBSCRIPTIONS,
            allowed_origins=("*",),  # a strange origin is let in as a visitor: see person_of_cookie
        )

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data and len(text_data) > MESSAGE_LIMIT:
            await self.close(4400, "Message too large")
        else:
            await super().receive(text_data, bytes_data)

    async def get_context(self, request: Any, response: Any) -> Context:
        self.context = Context(viewer=None, outbox=Outbox(self.send), subscribing=set())
        _sockets.add(self)
        return self.context

    async def on_ws_connect(self, context: Context) -> Any:
        token = context.connection_params.get("token")
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

    async def disconnect(self, code: int) -> None:
        _sockets.discard(self)
        if hasattr(self, "context"):
            self.context.outbox.close()
        await super().disconnect(code)

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
        for subscriber in list(self.context.subscribing):
            subscriber.end(Updates.resume(cursor=str(subscriber.cursor)))
        async for _ in _until(lambda: not self.context.subscribing, seconds=1):
            pass
        await self.close(RESTARTING, "Restarting")


async def release_sockets(seconds: float) -> None:
    """Before the process ends: all sockets, spread over the time so that not all come back at once."""
    sockets = [socket for socket in _sockets if hasattr(socket, "context")]
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
