"""The open lines of this process, so that they can be counted, and told to come back before it ends."""

import asyncio
from typing import Any, Protocol
from weakref import WeakSet

from graphql_schema.delivery.sources import Updates
from graphql_schema.viewer import Context


class Line(Protocol):
    """A socket, or a stream over HTTP."""

    context: Context

    async def release(self) -> None:
        """Tell the client to come back."""


lines: WeakSet[Any] = WeakSet()


def of_same_person(line: Line) -> int:
    """How many lines of its kind the person has; visitors are not counted."""
    viewer = line.context.viewer
    return sum(type(other) is type(line) and other.context.viewer == viewer for other in lines) if viewer else 0


async def resume_later(context: Context) -> None:
    """Tell every subscription where to resume, and wait a moment for that to leave."""
    for following in list(context.following.values()):
        following.subscriber.end(Updates.resume(cursor=str(following.subscriber.cursor)))
    for _ in range(50):
        if not context.following:
            return
        await asyncio.sleep(0.02)


async def release_lines(seconds: float) -> None:
    """Before the process ends: all lines, spread over the time so that not all come back at once."""
    present = list(lines)
    await asyncio.gather(*(_release_later(line, seconds * n / len(present)) for n, line in enumerate(present)))


async def _release_later(line: Line, delay: float) -> None:
    await asyncio.sleep(delay)
    await line.release()
