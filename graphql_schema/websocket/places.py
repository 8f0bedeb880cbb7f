"""How many sockets a person has, counted over all processes: places taken in the cache they share."""

import asyncio
import logging
from contextlib import suppress
from uuid import UUID

from django.core.cache import cache

from backend.eventlog.threads import in_database

logger = logging.getLogger(__name__)

A_PERSON = 5
LEASE = 90  # seconds that a place outlives a process which died
RENEWED_EVERY = 30.0  # seconds

_taken: set[str] = set()
_renewing: asyncio.Task[None] | None = None


async def take(person: UUID) -> str | None:
    """A free place of this person; none when all are taken."""
    try:
        place = await in_database(_first_free)(person)
    except Exception:
        logger.warning("Sockets are counted in this process only.", exc_info=True)
        return ""
    if place:
        _hold(place)
    return place


async def give_back(place: str) -> None:
    if place in _taken:
        _taken.discard(place)
        with suppress(Exception):  # it ends by itself
            await in_database(cache.delete)(place)


def _first_free(person: UUID) -> str | None:
    places = (f"socket:{person}:{n}" for n in range(A_PERSON))
    return next((place for place in places if cache.add(place, True, LEASE)), None)


def _hold(place: str) -> None:
    global _renewing
    _taken.add(place)
    if _renewing is None or _renewing.done():
        _renewing = asyncio.get_running_loop().create_task(_renew())


async def _renew() -> None:
    """One task for all sockets of the process."""
    while _taken:
        await asyncio.sleep(RENEWED_EVERY)
        held = [*_taken]
        with suppress(Exception):  # the cache is away: nothing to renew
            await in_database(cache.set_many)(dict.fromkeys(held, True), LEASE)
            if given_back := [place for place in held if place not in _taken]:  # meanwhile
                await in_database(cache.delete_many)(given_back)
