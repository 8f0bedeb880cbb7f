"""Who is in a workspace now, and where they type. Signals only: nothing of it is stored, and some may be lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.eventlog.hub import hub, signal
from backend.workspaces.models import Thread, Workspace
from backend.workspaces.permissions import can_add_post
from backend.workspaces.room import enter

TYPING = 8.0  # seconds that somebody types after saying so
ANNOUNCE = 10.0  # seconds between two lists of who is here in a process
FORGET = 25.0  # seconds after which a process that says nothing is gone
AT_MOST_EVERY = 1.0  # seconds
LISTED = 100  # people named; all are counted

PROCESS = str(uuid4())

Roster = dict[UUID, UUID | None]  # who is here, and the thread they type in


class Heard(NamedTuple):
    """What another process said last."""

    at: float
    people: list[str]


class Presence:
    """The people present in one workspace, as this process knows them. Lives on one event loop."""

    def __init__(self, workspace_id: UUID) -> None:
        self.workspace_id = workspace_id
        self.here: Counter[UUID] = Counter()
        self.elsewhere: dict[str, Heard] = {}
        self.typing: dict[UUID, tuple[float, UUID]] = {}
        self.changed = asyncio.Event()
        self.announced_at = 0.0

    @asynccontextmanager
    async def attend(self) -> AsyncIterator[None]:
        async with hub().hear(self.workspace_id, self._take):
            yield

    def enter(self, person_id: UUID) -> None:
        """Somebody is here; several times over is once."""
        self.here[person_id] += 1
        self._has_changed()

    def leave(self, person_id: UUID) -> None:
        """Take one `enter` back."""
        self.here[person_id] -= 1
        if not self.here[person_id]:
            del self.here[person_id]
        self._has_changed()

    def _has_changed(self) -> None:
        self.changed.set()
        self.announced_at = 0.0

    def announce(self) -> None:
        """Tell the other processes who is here, now and then."""
        if monotonic() - self.announced_at < ANNOUNCE:
            return
        self.announced_at = monotonic()
        hub().tell(self.workspace_id, {"process": PROCESS, "people": [str(key) for key in self.here]})

    def roster(self) -> Roster:
        now = monotonic()
        self.elsewhere = {name: heard for name, heard in self.elsewhere.items() if now - heard.at < FORGET}
        self.typing = {key: value for key, value in self.typing.items() if now - value[0] < TYPING}
        present = {UUID(key) for heard in self.elsewhere.values() for key in heard.people} | self.here.keys()
        return {key: self.typing[key][1] if key in self.typing else None for key in sorted(present)}

    def _take(self, said: dict[str, Any]) -> None:
        if "typing" in said:
            self.typing[UUID(said["person"])] = (monotonic(), UUID(said["typing"]))
        elif "stopped" in said:
            self.typing.pop(UUID(said["stopped"]), None)
        elif said["process"] != PROCESS:
            if said["process"] not in self.elsewhere:
                self.announced_at = 0.0  # somebody new, who has not heard of us
            self.elsewhere[said["process"]] = Heard(monotonic(), said["people"])
        self.changed.set()


def set_presence(workspace: Workspace, *, actor: Person, thread: Thread | None = None) -> Workspace:
    """The actor types in a thread, or (without one) no longer does."""
    me = enter(workspace, actor)
    if thread is None:
        signal(workspace.pk, {"stopped": str(actor.pk)})
        return workspace
    allow(can_add_post(me))
    ensure(thread.workspace_id == workspace.pk, "not_found", field="typing_in")
    signal(workspace.pk, {"person": str(actor.pk), "typing": str(thread.pk)})
    return workspace
