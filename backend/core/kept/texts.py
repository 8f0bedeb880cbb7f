"""The text of what viewers of a kind ask: the same for all of them but for the viewer's key, and the time.

It is asked once in the name of two stand-ins, who share all that may be read of a viewer, at two moments. Where the two
statements differ goes the viewer's own key, or the time; statements that differ elsewhere are not kept. What is asked reads
the database only by its conditions: what it read itself would be kept too, so that is refused. A stand-in is nobody: what
is left of one in a statement finds nothing.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, Self
from uuid import UUID

from django.db import connections
from django.db.models import DateTimeField, QuerySet, UUIDField

from backend.core import clock

NOBODY = UUID(int=0)  # stands for a visitor
STAND_INS = (UUID(int=1), UUID(int=2))  # no UUIDv7
MOMENTS = (datetime(1901, 1, 1, 1, 1, 1, 1, UTC), datetime(1902, 2, 2, 2, 2, 2, 2, UTC))


class Viewer(Protocol):
    """What a rule may read of a viewer besides the key, and somebody else of whom it reads the same."""

    pk: UUID

    @property
    def viewer_kind(self) -> Hashable: ...

    def stand_in(self, key: UUID) -> Self: ...


class NotPlain(Exception):
    """Two viewers' statements differ by more than who and when."""


class RuleAsks(Exception):
    """A reading rule asked the database while it was built."""


@dataclass(frozen=True)
class Text:
    """A statement or a part of it, and where in its parameters go the viewer's key and the time."""

    sql: str
    params: tuple[Any, ...]
    keys: tuple[int, ...]
    times: tuple[int, ...]

    @classmethod
    def between(cls, one: tuple[str, Any], other: tuple[str, Any], connection: Any) -> "Text":
        """Of what two stand-ins ask at two moments."""
        (sql, params), (other_sql, others) = one, other
        if sql != other_sql:
            raise NotPlain
        apart = {at: pair for at, pair in enumerate(zip(params, others, strict=True)) if pair[0] != pair[1]}
        keys = [at for at, pair in apart.items() if pair == tuple(key_in(each, connection) for each in STAND_INS)]
        times = [at for at, pair in apart.items() if pair == tuple(time_in(each, connection) for each in MOMENTS)]
        if len(keys) + len(times) < len(apart):
            raise NotPlain
        return cls(sql, tuple(params), tuple(keys), tuple(times))

    def filled(self, viewer: UUID, connection: Any) -> tuple[str, list[Any]]:
        params = [*self.params]
        if self.keys:
            key = key_in(viewer, connection)
            for at in self.keys:
                params[at] = key
        if self.times:
            now = time_in(clock.now(), connection)
            for at in self.times:
                params[at] = now
        return self.sql, params


def in_other_names(ask: Callable[[Any], QuerySet[Any]], viewer: Viewer | None, using: str) -> list[QuerySet[Any]]:
    """What two stand-ins ask at their moments, and the first once more today."""
    found = []
    with connections[using].execute_wrapper(_refuse):
        for key, moment in zip(STAND_INS, MOMENTS, strict=True):
            with clock.stopped(moment):
                found.append(ask(viewer and viewer.stand_in(key)))
        found.append(ask(viewer and viewer.stand_in(STAND_INS[0])))
    return found


def _refuse(*_: Any) -> Any:
    raise RuleAsks


def key_in(viewer: UUID, connection: Any) -> Any:
    return UUIDField().get_db_prep_value(viewer, connection)


def time_in(moment: datetime, connection: Any) -> Any:
    return DateTimeField().get_db_prep_value(moment, connection)
