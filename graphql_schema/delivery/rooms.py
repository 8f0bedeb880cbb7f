"""The live subscribers of one stream in this process: read once, executed once, sent to all."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Any
from uuid import UUID

from backend.eventlog.cursors import Cursor
from backend.eventlog.hub import hub
from backend.eventlog.models import Entry
from backend.eventlog.reading import PAGE
from backend.eventlog.threads import in_database, snapshot
from backend.workspaces.events.content import DRAFT
from graphql_schema.delivery.sources import Reading, Source, Updates, look
from graphql_schema.delivery.subscribers import Subscriber
from graphql_schema.types.live.updates import Reason

logger = logging.getLogger(__name__)

HEARTBEAT = 10.0  # seconds
KEPT = 512  # payloads kept for subscribers who are a little behind

Payloads = OrderedDict[tuple[Hashable, int], str]

_rooms: dict[tuple[asyncio.AbstractEventLoop, UUID], "Room"] = {}


class Room:
    """Everybody in this process who follows one stream."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.subscribers: set[Subscriber] = set()
        self.payloads: Payloads = OrderedDict()
        self.task: asyncio.Task[None] | None = None
        self.grown = asyncio.Event()

    async def follow(self, subscriber: Subscriber) -> Any:
        """Serve the subscriber until it ends; returns the last update to send, if any."""
        self.subscribers.add(subscriber)
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._run())
        self.grown.set()
        hub().watch(subscriber.reader.person, self.grown)
        try:
            return await subscriber.last
        finally:
            hub().unwatch(subscriber.reader.person, self.grown)
            self.subscribers.discard(subscriber)
            if not self.subscribers:
                self.grown.set()

    async def _run(self) -> None:
        try:
            async with hub().listen(self.source.stream_id, self.grown):
                while self.subscribers:
                    self.grown.clear()
                    try:
                        there_is_more = await self._serve()
                    except Exception:
                        logger.exception("A stream could not be read; trying again.")
                        await asyncio.sleep(1)
                        continue
                    if not there_is_more:
                        await self._wait()
        finally:
            self.task = None
            _close_empty(self)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(HEARTBEAT):
                await self.grown.wait()
        except TimeoutError:
            await self._beat()

    async def _serve(self) -> bool:
        """One look at the stream for the foremost and one for the hindmost; True when there is more to read."""
        present = sorted((s for s in self.subscribers if not s.has_ended), key=lambda s: s.cursor.seq)
        if not present:
            return False
        # Who is far behind catches up page by page, and never keeps the others waiting.
        there_is_more = False
        for start in dict.fromkeys((_page_start(present, present[-1].cursor), present[0].cursor)):
            near = [s for s in present if s.cursor.epoch == start.epoch and 0 <= s.cursor.seq - start.seq < PAGE]
            there_is_more |= await self._serve_near(start, near)
        return there_is_more

    async def _serve_near(self, start: Cursor, near: list[Subscriber]) -> bool:
        present = [s for s in self.subscribers if not s.has_ended]
        reading, payloads = await in_database(self._read, is_for_many=True)(start, present, near)
        self._end_strangers(present, reading)
        if reading.page.gap:
            for subscriber in near:
                subscriber.end(Updates.resync(reason=Reason(reading.page.gap), cursor=str(reading.page.cursor)))
            return True
        for subscriber in near:
            self._hand_over(subscriber, reading, payloads)
        hub().has_read(self.source.stream_id, reading.page.cursor.seq)
        return len(near) < len(present) or len(reading.page.entries) == PAGE

    def _read(
        self, start: Cursor, present: list[Subscriber], near: list[Subscriber]
    ) -> tuple[Reading, dict[Subscriber, dict[int, str]]]:
        """In a database thread: rights, events, and a payload of each event for each kind of subscriber. All from
        one snapshot: a payload that many will get is not made by one who loses his rights in between."""
        made: dict[Subscriber, dict[int, str]] = {}
        with snapshot():
            reading = look(self.source, start, [s.reader for s in present])
            events = list(zip(reading.page.entries, self.source.events(reading.page), strict=True))
            for subscriber in near:
                rights = reading.rights.get(subscriber.reader)
                if rights is None or not events:
                    continue
                group = subscriber.selection.group(rights)
                lacking = [(entry, event) for entry, event in events if entry.seq > subscriber.cursor.seq]
                made[subscriber] = {
                    entry.seq: self._payload((_alike(group, entry, subscriber), entry.seq), subscriber, event)
                    for entry, event in lacking
                }
        return reading, made

    def _payload(self, key: tuple[Hashable, int], subscriber: Subscriber, update: Any) -> str:
        payload = self.payloads.get(key)
        if payload is None:
            payload = self.payloads[key] = subscriber.selection.serialise(update)
            while len(self.payloads) > KEPT:
                self.payloads.popitem(last=False)
        return payload

    def _end_strangers(self, present: Iterable[Subscriber], reading: Reading) -> None:
        for subscriber in present:
            if subscriber.reader not in reading.rights:
                subscriber.end(Updates.access_ended(reason=Reason.NO_ACCESS))

    def _hand_over(self, subscriber: Subscriber, reading: Reading, payloads: dict[Subscriber, dict[int, str]]) -> None:
        if subscriber.has_ended:
            return
        stream, epoch = reading.page.cursor.stream, reading.page.cursor.epoch
        for seq, payload in payloads.get(subscriber, {}).items():
            if not subscriber.deliver(payload, Cursor(stream, epoch, seq)):
                subscriber.end(Updates.resume(cursor=str(subscriber.cursor)))
                return

    async def _beat(self) -> None:
        """Everybody hears that the line is alive, and where it stands."""
        present = [s for s in self.subscribers if not s.has_ended]
        for subscriber, payload in (await in_database(self._beats, is_for_many=True)(present)).items():
            if not subscriber.deliver(payload, subscriber.cursor):
                subscriber.end(Updates.resume(cursor=str(subscriber.cursor)))

    def _beats(self, present: list[Subscriber]) -> dict[Subscriber, str]:
        made: dict[Hashable, str] = {}
        beats = {}
        for subscriber in present:
            key = (subscriber.selection.group(None), str(subscriber.cursor))
            if key not in made:
                made[key] = subscriber.selection.serialise(Updates.heartbeat(cursor=str(subscriber.cursor)))
            beats[subscriber] = made[key]
        return beats


def _alike(group: Hashable, entry: Entry, subscriber: Subscriber) -> Hashable:
    """Who gets the same bytes. What is still a draft is seen by some whom no role tells."""
    return (group, subscriber.reader.person) if entry.event.data.get("audience") == DRAFT else group


def room_of(source: Source) -> Room:
    """The room of a stream on this event loop."""
    key = (asyncio.get_running_loop(), source.stream_id)
    if key not in _rooms:
        _rooms[key] = Room(source)
    return _rooms[key]


def _page_start(present: list[Subscriber], foremost: Cursor) -> Cursor:
    """The cursor of the hindmost who still gets the foremost's page."""
    return next(
        s.cursor for s in present if s.cursor.epoch == foremost.epoch and foremost.seq - s.cursor.seq < PAGE // 2
    )


def _close_empty(room: Room) -> None:
    if not room.subscribers:
        for key in [key for key, other in _rooms.items() if other is room]:
            del _rooms[key]
