"""The live subscribers to who is present in one workspace: looked at once, executed once, sent to all."""

import asyncio
import logging
from collections.abc import Hashable
from typing import Any
from uuid import UUID

from backend.core.deadline import within_time
from backend.eventlog.hub import hub
from backend.eventlog.threads import in_database, snapshot
from backend.workspaces.presence import ANNOUNCE, AT_MOST_EVERY, Presence, Roster
from graphql_schema.delivery.sources import Updates, WorkspaceSource
from graphql_schema.delivery.subscribers import Subscriber
from graphql_schema.types.live.presence import PresentNow
from graphql_schema.types.live.updates import AccessEnded, Reason

logger = logging.getLogger(__name__)

A_SECOND = 200  # people told a second at the most: a big room hears less often

_rooms: dict[tuple[asyncio.AbstractEventLoop, UUID], "PresenceRoom"] = {}


class PresenceRoom:
    """Everybody in this process who follows who is in a workspace; each of them is present."""

    def __init__(self, workspace_id: UUID) -> None:
        self.workspace_id = workspace_id
        self.source = WorkspaceSource(workspace_id)
        self.presence = Presence(workspace_id)
        self.told: dict[Subscriber, str] = {}
        self.task: asyncio.Task[None] | None = None

    async def follow(self, subscriber: Subscriber) -> Any:
        """Serve the subscriber until it ends; returns the last update to send, if any."""
        person = subscriber.reader.person
        self.told[subscriber] = ""
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._run())
        self.presence.enter(person)
        hub().watch(person, self.presence.changed)
        try:
            last = await subscriber.last
            return last if isinstance(last, AccessEnded) else None
        finally:
            hub().unwatch(person, self.presence.changed)
            self.presence.leave(person)
            del self.told[subscriber]

    async def _run(self) -> None:
        try:
            async with self.presence.attend():
                while self.told:
                    self.presence.changed.clear()
                    try:
                        await self._serve()
                    except Exception:
                        logger.exception("Presence could not be read; trying again.")
                    await asyncio.sleep(max(AT_MOST_EVERY, len(self.told) / A_SECOND))
                    await self._wait()
                self.presence.announced_at = 0.0
                self.presence.announce()  # the last one left
        finally:
            _rooms.pop((asyncio.get_running_loop(), self.workspace_id), None)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(ANNOUNCE):
                await self.presence.changed.wait()
        except TimeoutError:
            pass

    async def _serve(self) -> None:
        self.presence.announce()
        present = [s for s in self.told if not s.has_ended]
        for subscriber, payload in (
            await in_database(self._payloads, is_for_many=True)(present, self.presence.roster())
        ).items():
            if payload is None:
                subscriber.end(Updates.access_ended(reason=Reason.NO_ACCESS))
            elif self.told.get(subscriber, payload) != payload and subscriber.deliver(payload, subscriber.cursor):
                self.told[subscriber] = payload

    def _payloads(self, present: list[Subscriber], roster: Roster) -> dict[Subscriber, str | None]:
        """In a database thread: what each is told; None for who may not be told any more."""
        made: dict[Hashable, str] = {}
        told: dict[Subscriber, str | None] = {}
        with snapshot():
            with within_time():
                rights = self.source.rights([s.reader for s in present])
            for subscriber in present:
                if subscriber.reader not in rights:
                    told[subscriber] = None
                    continue
                group = subscriber.selection.group(rights[subscriber.reader])
                if group not in made:
                    made[group] = subscriber.selection.serialise(
                        PresentNow(workspace_id=self.workspace_id, roster=roster)
                    )
                told[subscriber] = made[group]
        return told


def presence_room_of(workspace_id: UUID) -> PresenceRoom:
    """The room of a workspace on this event loop."""
    key = (asyncio.get_running_loop(), workspace_id)
    if key not in _rooms:
        _rooms[key] = PresenceRoom(workspace_id)
    return _rooms[key]
