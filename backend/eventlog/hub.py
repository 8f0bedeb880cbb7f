"""One hub a process: it alone talks to the channel layer and wakes the subscribers of this process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from time import monotonic
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from backend.eventlog.models import Stream
from backend.eventlog.threads import in_database

logger = logging.getLogger(__name__)

LAYER_TIMEOUT = 1.0  # seconds a call of the layer may take
CATCH_UP = 10.0  # seconds between two looks at the heads of the streams listened to
CATCH_UP_AWAY = 2.0  # the same, while the layer is away
LAYER_PAUSE = 5.0  # seconds without a poke through the layer after it failed

_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}


class Breaker:
    """Whether the layer is worth a try; opens for a while when a call fails."""

    def __init__(self) -> None:
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return monotonic() < self.closed_again_at

    def trip(self) -> None:
        if not self.is_open:
            logger.warning("The channel layer is away; streams are read by polling until it is back.")
        self.closed_again_at = monotonic() + LAYER_PAUSE


breaker = Breaker()


class Hub:
    """The streams somebody in this process listens to. Lives on one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiters: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self.heads: dict[UUID, int] = {}
        self.joined: set[UUID] = set()
        self.channel = ""
        self.tasks: list[asyncio.Task[None]] = []
        self.to_publish: set[UUID] = set()

    @asynccontextmanager
    async def listen(self, stream_id: UUID, grown: asyncio.Event | None = None) -> AsyncIterator[asyncio.Event]:
        """An event (the given one) that is set whenever the stream grows; register first, then read."""
        grown = grown or asyncio.Event()
        self.waiters[stream_id].add(grown)
        if not self.tasks:
            self.tasks = [self.loop.create_task(self._keep_up())]
        if stream_id not in self.joined:
            await self._join([stream_id])
        try:
            yield grown
        finally:
            self.waiters[stream_id].discard(grown)
            if not self.waiters[stream_id]:
                del self.waiters[stream_id]
                self.heads.pop(stream_id, None)
                await self._leave(stream_id)

    def wake(self, stream_ids: Iterable[UUID]) -> None:
        for stream_id in stream_ids:
            for grown in self.waiters.get(stream_id, ()):
                grown.set()

    def publish(self, stream_ids: Iterable[UUID]) -> None:
        """Tell the other processes, soon; pokes of one stream that wait together go as one."""
        idle = not self.to_publish
        self.to_publish.update(stream_ids)
        if idle:
            self.loop.create_task(self._publish_waiting())

    async def _publish_waiting(self) -> None:
        while self.to_publish and not breaker.is_open:
            waiting, self.to_publish = self.to_publish, set()
            await _publish(waiting)
        self.to_publish.clear()

    async def _keep_up(self) -> None:
        """Whatever pokes were lost: one query reads the heads of all streams listened to."""
        try:
            while self.waiters:
                await asyncio.sleep(CATCH_UP_AWAY if breaker.is_open else CATCH_UP)
                await self._catch_up()
                await self._join(self.waiters.keys() - self.joined)
        finally:
            self.tasks = [task for task in self.tasks if task is not asyncio.current_task()]

    async def _catch_up(self) -> None:
        try:
            heads = await in_database(_heads)(list(self.waiters))
        except Exception:
            logger.exception("The heads of the streams could not be read.")
            return
        self.wake(stream for stream, head in heads.items() if head != self.heads.get(stream))
        self.heads = heads

    async def _join(self, stream_ids: Iterable[UUID]) -> None:
        layer = get_channel_layer()
        for stream_id in list(stream_ids):
            if breaker.is_open:
                return
            try:
                async with asyncio.timeout(LAYER_TIMEOUT):
                    if not self.channel:
                        self.channel = await layer.new_channel()
                        self.tasks.append(self.loop.create_task(self._receive()))
                    await layer.group_add(group_of(stream_id), self.channel)
                self.joined.add(stream_id)
            except Exception:
                breaker.trip()

    async def _leave(self, stream_id: UUID) -> None:
        if stream_id not in self.joined:
            return
        self.joined.discard(stream_id)
        try:
            async with asyncio.timeout(LAYER_TIMEOUT):
                await get_channel_layer().group_discard(group_of(stream_id), self.channel)
        except Exception:
            breaker.trip()

    async def _receive(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                message = await layer.receive(self.channel)
                self.wake([UUID(message["stream"])])
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
    stream_ids = list(stream_ids)
    alive = [local for local in list(_hubs.values()) if local.loop.is_running()]
    for local in alive:
        local.loop.call_soon_threadsafe(local.wake, stream_ids)
    if breaker.is_open:
        return
    if alive:
        alive[0].loop.call_soon_threadsafe(alive[0].publish, stream_ids)
    else:
        async_to_sync(_publish)(stream_ids)


async def _publish(stream_ids: Iterable[UUID]) -> None:
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(LAYER_TIMEOUT):
            for stream_id in stream_ids:
                await layer.group_send(group_of(stream_id), {"type": "stream.grew", "stream": str(stream_id)})
    except Exception:
        breaker.trip()


def _heads(stream_ids: list[UUID]) -> dict[UUID, int]:
    return dict(Stream.objects.filter(pk__in=stream_ids).values_list("pk", "head"))
