"""Subscriptions over HTTP: server-sent events, or parts as Apollo reads them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from strawberry.http import process_result
from strawberry.types.execution import PreExecutionError

from backend.eventlog.threads import in_database
from graphql_schema.delivery.framing import EVENTS, PARTS, Framing
from graphql_schema.delivery.lines import lines, of_same_person, resume_later
from graphql_schema.delivery.outbox import Outbox
from graphql_schema.documents import Asked
from graphql_schema.http import negotiation
from graphql_schema.http.answers import VARY, encode, respond
from graphql_schema.http.identity import identify
from graphql_schema.http.language import language_of
from graphql_schema.http.problems import Problem
from graphql_schema.limits.payers import sender_of
from graphql_schema.schema import schema
from graphql_schema.subscriptions.live import operation_id
from graphql_schema.viewer import Context

FRAMINGS = {negotiation.EVENTS: EVENTS, negotiation.PARTS: PARTS}
ALIVE = 10.0  # seconds without a word, after which a sign of life is sent
STREAMS_A_PERSON = 20  # in one process


async def stream(request: HttpRequest, asked: Asked, media_type: str) -> HttpResponseBase:
    """The answer to a subscription: an error at once, or a stream."""
    # Not in the request's thread, which would keep its connection as long as the stream lives.
    viewer, proof = await in_database(identify)(request)
    framing = FRAMINGS[media_type]
    context = Context(viewer=viewer, proof=proof, following={}, frame=framing.frame, address=sender_of(request))
    context.language = language_of(request, viewer)
    line = Stream(context, framing)
    if of_same_person(line) > STREAMS_A_PERSON:
        raise Problem(429, "TOO_MANY_STREAMS", f"At most {STREAMS_A_PERSON} streams a person.")
    with translation.override(context.language):
        refused = await line.begin(asked)
    if refused:
        is_json = media_type == negotiation.PARTS
        return respond(request, negotiation.RESPONSE_JSON if is_json else media_type, process_result(refused))
    headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no", "Vary": VARY}
    return StreamingHttpResponse(line.chunks(), content_type=framing.content_type, headers=headers)


class Stream:
    """One subscription. Everything leaves through the outbox, as over a socket."""

    def __init__(self, context: Context, framing: Framing) -> None:
        self.context, self.framing = context, framing
        self.serving: asyncio.Task[None] | None = None
        self.waiting: asyncio.Queue[str | None] = asyncio.Queue(maxsize=1)
        context.outbox = Outbox(self.waiting.put)
        lines.add(self)

    async def begin(self, asked: Asked) -> Any:
        """Start the subscription in the schema; returns the result of one that does not start."""
        operation_id.set("")
        self.results: Any = await schema.stream(
            asked.query,
            variable_values=asked.variables,
            context_value=self.context,
            operation_name=asked.operation_name,
        )
        self.first = await anext(self.results, None)
        return self.first if isinstance(self.first, PreExecutionError) else None

    async def chunks(self) -> AsyncGenerator[str, None]:
        """What is sent, until the subscription ends or the client goes."""
        self.serving = serving = asyncio.create_task(self._serve())
        try:
            yield self.framing.start
            while (chunk := await self._next()) is not None:
                yield chunk
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            self.context.outbox.close()
            lines.discard(self)

    async def _next(self) -> str | None:
        try:
            async with asyncio.timeout(ALIVE):
                return await self.waiting.get()
        except TimeoutError:
            return self.framing.alive

    async def _serve(self) -> None:
        before, after = self.framing.frame("")
        async with aclosing(self.results):
            result = self.first
            while result is not None:
                await self.context.outbox.send(before + encode(process_result(result)).decode() + after)
                result = await anext(self.results, None)
        following = self.context.following.get("")
        try:
            if following:
                await following.until_it_ends()
        finally:
            self.context.following.pop("", None)
        await self._end()

    async def _end(self) -> None:
        await self.context.outbox.send(self.framing.end)
        await self.waiting.put(None)

    async def release(self) -> None:
        await resume_later(self.context)
        if self.serving and not self.serving.done():
            self.serving.cancel()
            await self._end()
