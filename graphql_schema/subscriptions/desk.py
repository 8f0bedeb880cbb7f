"""An officer's counts, as they change."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from uuid import UUID

import strawberry

from backend.accounts.models import Person
from backend.accounts.sign_in import proofs_that_hold
from backend.agencies.permissions import appointment
from backend.eventlog.hub import hub
from backend.eventlog.models import desk_stream
from backend.eventlog.threads import in_database
from backend.monitoring import queues
from backend.schools.countries import PARTICIPANTS
from graphql_schema.types.live.desk import queue_of
from graphql_schema.types.live.updates import AccessEnded, DeskCounts, DeskUpdate, Reason
from graphql_schema.viewer import Info, viewer_key

AT_MOST_EVERY = 1.0  # seconds
CHECK_AGAIN = 10.0  # seconds; also notices what became overdue


@strawberry.type
class DeskSubscription:
    @strawberry.subscription(description="How much waits on the viewer's desk: at once, then whenever it changes.")
    async def desk_updates(self, info: Info) -> AsyncGenerator[DeskUpdate, None]:
        shown = None
        async with AsyncExitStack() as stack:
            grown = asyncio.Event()
            for country in await in_database(_countries)(viewer_key(info)):
                await stack.enter_async_context(hub().listen(desk_stream(country), grown))
            while True:
                grown.clear()
                counts = await in_database(_counts)(viewer_key(info), info.context.proof)
                if counts is None:
                    yield AccessEnded(reason=Reason.NO_ACCESS)
                    return
                if counts != shown:
                    yield (shown := counts)
                await asyncio.sleep(AT_MOST_EVERY)
                try:
                    async with asyncio.timeout(CHECK_AGAIN):
                        await grown.wait()
                except TimeoutError:
                    pass


def _officer(key: UUID | None) -> Person | None:
    person = Person.objects.select_related("officer__agency").filter(pk=key).first()
    return person if person and appointment(person) else None


def _countries(key: UUID | None) -> list[str]:
    officer = _officer(key)
    if officer is None:
        return []
    return PARTICIPANTS if officer.oversees.everywhere else sorted(officer.oversees.countries)


def _counts(key: UUID | None, proof: str) -> DeskCounts | None:
    officer = _officer(key)
    if officer is None or proof not in proofs_that_hold([proof]):
        return None
    return DeskCounts(**{name: queue_of(queue) for name, queue in queues.all_of(officer).items()})
