"""The text of what viewers of a kind ask: the same for all of them but for the viewer's key, and the time.

It is asked once in the name of two stand-ins, who share all that may be read of a viewer, at two moments, and with two
stand-ins for whatever it is asked with. Where the two statements differ goes the viewer's own key, or the time, or what is
given; statements that differ elsewhere are not kept. What is asked reads the database only by its conditions: what it read
itself would be kept too, so that is refused. A stand-in is nobody: what is left of one in a statement finds nothing.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, Self
from uuid import UUID

from django.db import connections
from django.db.models import DateTimeField, QuerySet, UUIDField

from backend.core import clock
from backend.core.lookups import array_of

NOBODY = UUID(int=0)  # stands for a visitor
STAND_INS = (UUID(int=1), UUID(int=2))  # no UUIDv7
GIVEN = 1_000  # what stands for what is given begins here, far from all stand-ins of viewers
VIEWER, TIME = -2, -1  # places of what is filled in; what is given has its own from 0 on
MOMENTS = (datetime(1901, 1, 1, 1, 1, 1, 1, UTC), datetime(2902, 2, 2, 2, 2, 2, 2, UTC))  # before and after all that is
_KEY, _MOMENT = UUIDField(), DateTimeField()


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
    """A statement or a part of it, and where in its parameters goes what."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # of a parameter, and of what is filled in there

    @classmethod
    def between(
        cls, one: tuple[str, Any], other: tuple[str, Any], connection: Any, given: Sequence[Any] = ()
    ) -> "Text":
        """Of what two stand-ins ask at two moments, with stand-ins for what is given."""
        (sql, params), (other_sql, others) = one, other
        if sql != other_sql:
            raise NotPlain
        pairs = [tuple(value_in(each, connection) for each in pair) for pair in _pairs(given)]
        places = []
        for at, pair in enumerate(zip(params, others, strict=True)):
            if pair[0] != pair[1]:
                if pair not in pairs:
                    raise NotPlain
                places.append((at, pairs.index(pair) + VIEWER))
        return cls(sql, tuple(params), tuple(places))

    def says(self, today: tuple[str, Any]) -> bool:
        """Whether it is what the first stand-in asks today as well, but for the time."""
        sql, params = today
        timed = {at for at, place in self.places if place == TIME}
        alike = (mine == its for at, (mine, its) in enumerate(zip(self.params, params, strict=True)) if at not in timed)
        return sql == self.sql and all(alike)

    def filled(
        self, viewer: UUID, moment: datetime, connection: Any, given: Sequence[Any] = ()
    ) -> tuple[str, list[Any]]:
        params, values = [*self.params], (*given, viewer, moment)
        for at, place in self.places:
            params[at] = value_in(values[place], connection)
        return self.sql, params


def _pairs(given: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [STAND_INS, MOMENTS, *(_for_given(at, value) for at, value in enumerate(given))]


def _for_given(at: int, value: Any) -> tuple[Any, Any]:
    """Two values of its kind."""
    one, other = (UUID(int=GIVEN + 2 * at + n) for n in range(2))
    kinds: dict[type, tuple[Any, Any]] = {UUID: (one, other), list: ([one], [other]), str: (one.hex, other.hex)}
    if type(value) not in kinds:
        raise NotPlain
    return kinds[type(value)]


def in_other_names(
    ask: Callable[..., QuerySet[Any]], viewer: Viewer | None, using: str, given: Sequence[Any] = ()
) -> list[QuerySet[Any]]:
    """What two stand-ins ask at their moments, and the first once more today."""
    one, other = STAND_INS
    some, others = ([pair[n] for pair in _pairs(given)[2:]] for n in range(2))
    with connections[using].execute_wrapper(_refuse):
        with clock.stopped(MOMENTS[0]):
            first = ask(viewer and viewer.stand_in(one), *some)
        with clock.stopped(MOMENTS[1]):
            second = ask(viewer and viewer.stand_in(other), *others)
        return [first, second, ask(viewer and viewer.stand_in(one), *some)]


def _refuse(*_: Any) -> Any:
    raise RuleAsks


def value_in(value: Any, connection: Any) -> Any:
    """As it stands among the parameters of a statement."""
    if isinstance(value, list):
        return array_of(value)
    if isinstance(value, UUID):
        return _KEY.get_db_prep_value(value, connection)
    return _MOMENT.get_db_prep_value(value, connection) if isinstance(value, datetime) else value
