"""One hub a process: it alone talks to the channel layer and wakes the subscribers of this process."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from contextvars import Context
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from backend.eventlog.breaker import Breaker
from backend.eventlog.reading import heads_of
from backend.eventlog.threads import in_database

logger = logging.getLogger(__name__)

LAYER_TIMEOUT = 1.0  # seconds a call of the layer may take
CATCH_UP = 10.0  # seconds between two looks at the heads of the streams listened to
CATCH_UP_AWAY = 2.0  # the same, while the layer is away

Message = dict[str, Any]
Hear = Callable[[Any], None]

HUBS = "hubs"  # the group of all processes

_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}


breaker = Breaker()


class Hub:
    """The streams somebody in this process listens to. Lives on one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiters: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self.readers: dict[UUID, Counter[asyncio.Event]] = defaultdict(Counter)
        self.hearers: dict[UUID, set[Hear]] = defaultdict(set)
        self.heads: dict[UUID, int] = {}
        self.joined: set[str] = set()
        self.channel = ""
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.to_publish: dict[tuple[str, str], Message] = {}

    @asynccontextmanager
    async def listen(self, stream_id: UUID, grown: asyncio.Event | None = None) -> AsyncIterator[asyncio.Event]:
        """An event (the given one) that is set whenever the stream grows; register first, then read."""
        grown = grown or asyncio.Event()
        self.waiters[stream_id].add(grown)
        self._start("keep up", self._keep_up)
        await self._join_missing([stream_id])
        try:
            yield grown
        finally:
            _discard(self.waiters, stream_id, grown)
            if stream_id not in self.waiters:
                self.heads.pop(stream_id, None)
                await self._leave(group_of(stream_id))

    def has_read(self, stream_id: UUID, head: int) -> None:
        """Whoever listens has read so far: nothing to make up for until the stream has grown beyond."""
        self.heads[stream_id] = head

    def watch(self, person_id: UUID, changed: asyncio.Event) -> None:
        """Set the event whenever the person's sign-ins change: rights are to be looked at again."""
        self.readers[person_id][changed] += 1

    def unwatch(self, person_id: UUID, changed: asyncio.Event) -> None:
        """Take one `watch` back."""
        watched = self.readers[person_id]
        watched[changed] -= 1
        if not watched[changed]:
            del watched[changed]
        if not watched:
            del self.readers[person_id]

    @asynccontextmanager
    async def hear(self, stream_id: UUID, hear: Hear) -> AsyncIterator[None]:
        """Call with every signal about the stream: what may be lost, and is kept nowhere."""
        self.hearers[stream_id].add(hear)
        try:
            async with self.listen(stream_id):
                yield
        finally:
            _discard(self.hearers, stream_id, hear)

    def tell(self, stream_id: UUID, data: Any) -> None:
        """A signal from this event loop."""
        self.publish([_signal(stream_id, data)])

    def take(self, message: Message) -> None:
        """What another process said, or this one."""
        if "person" in message:
            _set_all(self.readers.get(UUID(message["person"]), ()))
            return
        stream_id = UUID(message["stream"])
        if "signal" in message:
            for hear in list(self.hearers.get(stream_id, ())):
                hear(message["signal"])
        else:
            self.wake([stream_id])

    def wake(self, stream_ids: Iterable[UUID]) -> None:
        for stream_id in stream_ids:
            _set_all(self.waiters.get(stream_id, ()))

    def publish(self, messages: Iterable[tuple[str, Message]]) -> None:
        """Tell the other processes, soon; pokes of one stream that wait together go as one."""
        idle = not self.to_publish
        self.to_publish.update({(group, repr(message)): message for group, message in messages})
        if idle:
            self.loop.create_task(self._publish_waiting())

    async def _publish_waiting(self) -> None:
        while self.to_publish and not breaker.is_open:
            waiting, self.to_publish = self.to_publish, {}
            await _publish([(group, message) for (group, _), message in waiting.items()])
        self.to_publish.clear()

    def _start(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Unless it runs. It is nobody's request: whoever listens first must not lend it the end of his own."""
        if name not in self.tasks or self.tasks[name].done():
            self.tasks[name] = self.loop.create_task(work(), context=Context())

    async def _keep_up(self) -> None:
        """Whatever pokes were lost: one query reads the heads of all streams listened to."""
        while self.waiters:
            await asyncio.sleep(CATCH_UP_AWAY if breaker.is_open else CATCH_UP)
            await self._catch_up()
            await self._join_missing(self.waiters)

    async def _catch_up(self) -> None:
        try:
            heads = await in_database(heads_of)(list(self.waiters))
        except Exception:
            logger.exception("The heads of the streams could not be read.")
            return
        self.wake(stream for stream, head in heads.items() if head != self.heads.get(stream))
        self.heads.update(heads)

    async def _join_missing(self, stream_ids: Iterable[UUID]) -> None:
        await self._join({HUBS, *map(group_of, stream_ids)} - self.joined)

    async def _join(self, groups: Iterable[str]) -> None:
        layer = get_channel_layer()
        for group in groups:
            if breaker.is_open:
                return
            try:
                async with asyncio.timeout(LAYER_TIMEOUT):
                    if not self.channel:
                        self.channel = await layer.new_channel()
                        self._start("receive", self._receive)
                    await layer.group_add(group, self.channel)
                self.joined.add(group)
            except Exception:
                breaker.trip()

    async def _leave(self, group: str) -> None:
        if group not in self.joined:
            return
        self.joined.discard(group)
        try:
            async with asyncio.timeout(LAYER_TIMEOUT):
                await get_channel_layer().group_discard(group, self.channel)
        except Exception:
            breaker.trip()

    async def _receive(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                self.take(await layer.receive(self.channel))
            except Exception:
                breaker.trip()
                self.joined.clear()  # the layer forgot us; join again when it is back
                await asyncio.sleep(CATCH_UP_AWAY)


def group_of(stream_id: UUID) -> str:
    return f"stream.{stream_id.hex}"


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for gone in [other for other in _hubs if other.is_closed()]:
            del _hubs[gone]
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


def poke(stream_ids: Iterable[UUID]) -> None:
    """Say that streams have grown: here at once, elsewhere through the layer. Losing it costs latency only."""
    _tell((group_of(stream), {"type": "stream.grew", "stream": str(stream)}) for stream in stream_ids)


def recheck(person_id: UUID) -> None:
    """Say that a person's sign-ins have changed, so that no stream stays open for one that ended."""
    _tell([(HUBS, {"type": "sign_ins.changed", "person": str(person_id)})])


def signal(stream_id: UUID, data: Any) -> None:
    """Say something about a stream to whoever listens now. It may be lost, and is kept nowhere."""
    _tell([_signal(stream_id, data)])


def _signal(stream_id: UUID, data: Any) -> tuple[str, Message]:
    return group_of(stream_id), {"type": "stream.signal", "stream": str(stream_id), "signal": data}


def _tell(messages: Iterable[tuple[str, Message]]) -> None:
    messages = list(messages)
    alive = [local for local in list(_hubs.values()) if local.loop.is_running()]
    for local in alive:
        for _, message in messages:
            local.loop.call_soon_threadsafe(local.take, message)
    if breaker.is_open:
        return
    if alive:
        alive[0].loop.call_soon_threadsafe(alive[0].publish, messages)
    else:
        async_to_sync(_publish)(messages)


async def _publish(messages: Iterable[tuple[str, Message]]) -> None:
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(LAYER_TIMEOUT):
            for group, message in messages:
                await layer.group_send(group, message)
    except Exception:
        breaker.trip()


def _set_all(events: Iterable[asyncio.Event]) -> None:
    for event in events:
        event.set()


def _discard(kept: dict[UUID, set[Any]], key: UUID, value: Any) -> None:
    kept[key].discard(value)
    if not kept[key]:
        del kept[key]
