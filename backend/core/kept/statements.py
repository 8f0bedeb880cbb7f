"""Whole statements kept as SQL: to build one and to compile it takes longer than PostgreSQL takes to answer it."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from backend.core import clock
from backend.core.kept.last import Last
from backend.core.kept.texts import NOBODY, NotPlain, RuleAsks, Text, Viewer, in_other_names

STATEMENTS = 2_000  # as many are kept
KEPT_FROM = 2  # the time it is asked; to keep a statement takes three times as long as to ask it
Ask = Callable[..., QuerySet[Any]]


def rows_of(ask: Ask, viewer: Viewer | None, *given: Any) -> list[Any]:
    """The rows of `ask(viewer, *given)`; its statement is kept as a whole where it is as plain as a rule has to be.

    Given are keys, lists of keys and texts, which the statement compares as they are. `ask` names the statement, so it is
    one function, not one made for the occasion.
    """
    name = ask, viewer and viewer.viewer_kind, *map(type, given)
    return _asked.of(name, partial(_Asked, ask)).rows(viewer, given)


def row_of(ask: Ask, viewer: Viewer | None, *given: Any) -> Any:
    """The first of these rows; None where there is none."""
    return next(iter(rows_of(ask, viewer, *given)), None)


@dataclass(frozen=True)
class Statement:
    """What viewers of a kind ask, as text, and how its rows are read."""

    shape: Any
    compiler: Any
    text: Text

    @classmethod
    def of(cls, ask: Ask, viewer: Viewer | None, given: tuple[Any, ...]) -> "Statement | None":
        """None for what differs by more than is filled in, or finds nothing whatever is given."""
        try:
            shape, *others = in_other_names(ask, viewer, DEFAULT_DB_ALIAS, given)
            compiler, *more = (each.query.get_compiler(DEFAULT_DB_ALIAS) for each in (shape, *others))
            one, other, today = (each.as_sql() for each in (compiler, *more))
            text = Text.between(one, other, connection, given)
        except (NotPlain, RuleAsks, EmptyResultSet, FullResultSet):
            return None
        return cls(shape, compiler, text) if text.says(today) else None

    def rows(self, viewer: Viewer | None, given: tuple[Any, ...]) -> list[Any]:
        key, shape = viewer.pk if viewer else NOBODY, self.shape
        asked: Any = _Filled(self.compiler, self.text.filled(key, clock.now(), connection, given))
        rows = type(shape)(model=shape.model, query=asked)
        rows._iterable_class, rows._fields = shape._iterable_class, shape._fields
        if getattr(shape, "_seen_by", None) is not None:
            rows._seen_by = key
        return list(rows)


class _Asked:
    """How often viewers of a kind asked something, and the statement once it is worth keeping."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.times = ask, 0
        self.statement: Statement | None = None

    def rows(self, viewer: Viewer | None, given: tuple[Any, ...]) -> list[Any]:
        self.times = times = self.times + 1
        if times == KEPT_FROM:
            self.statement = Statement.of(self.ask, viewer, given)
        return self.statement.rows(viewer, given) if self.statement else list(self.ask(viewer, *given))


class _Filled:
    """Stands in for the query of a queryset that is only read."""

    def __init__(self, compiler: Any, statement: tuple[str, list[Any]]) -> None:
        self.compiler = copy(compiler)
        self.compiler.connection = connection
        self.compiler.as_sql = lambda *_, **__: statement

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self.compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiler.query, name)


_asked: Last[Any, _Asked] = Last(STATEMENTS)
