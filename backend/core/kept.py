"""Reading rules kept as SQL: a rule has one text for all viewers of a kind, and only the viewer's key and the time differ.

To build a rule's conditions and compile them is half of a small request. So each rule is asked once for a kind of viewer,
in the name of two stand-ins who share all that a rule may read of a viewer, at two moments. Where the two statements
differ goes the viewer's own key, or the time. A rule whose statements differ elsewhere is not kept. A stand-in is nobody:
what is left of one in a statement finds nothing.
"""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any, Protocol, Self
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import DateTimeField, QuerySet, UUIDField
from django.db.models.sql.where import AND, WhereNode

from backend.core import clock

NOBODY = UUID(int=0)  # stands for a visitor
STAND_INS = (UUID(int=1), UUID(int=2))  # no UUIDv7
MOMENTS = (datetime(1901, 1, 1, tzinfo=UTC), datetime(1902, 2, 2, tzinfo=UTC))
RULES = 4_000  # as many are kept
OF_CONDITIONS = {"where", "alias_map", "alias_refcount", "table_map", "used_aliases", "_lookup_joins", "base_table"}


class Viewer(Protocol):
    """What a rule may read of a viewer besides the key, and somebody else of whom it reads the same."""

    pk: UUID

    @property
    def viewer_kind(self) -> Hashable: ...

    def stand_in(self, key: UUID) -> Self: ...


class NotPlain(Exception):
    """Two viewers' statements differ by more than who and when."""


class Rule:
    """The conditions of a rule for two stand-ins, and their SQL with gaps where these differ."""

    def __init__(self, wheres: tuple[WhereNode, WhereNode]) -> None:
        self.wheres = wheres
        self._texts: dict[str, tuple[str, list[Any], list[int], list[int]]] = {}
        self._relabelled: dict[tuple[tuple[str | None, str], ...], Rule] = {}

    def sql(self, compiler: Any, connection: Any, viewer: UUID) -> tuple[str, list[Any]]:
        text, params, keys, times = self._texts.get(connection.vendor) or self._compiled(compiler, connection)
        filled = [*params]
        if keys:
            key = _key(viewer, connection)
            for at in keys:
                filled[at] = key
        if times:
            now = _time(clock.now(), connection)
            for at in times:
                filled[at] = now
        return text, filled

    def relabelled(self, aliases: dict[str | None, str]) -> "Rule":
        """As part of a larger statement, where tables have other names."""
        key = tuple(aliases.items())
        if key not in self._relabelled:
            one, other = self.wheres
            self._relabelled[key] = Rule((one.relabeled_clone(aliases), other.relabeled_clone(aliases)))
        return self._relabelled[key]

    def _compiled(self, compiler: Any, connection: Any) -> tuple[str, list[Any], list[int], list[int]]:
        (text, params), (other_text, others) = (where.as_sql(compiler, connection) for where in self.wheres)
        if text != other_text:
            raise NotPlain
        apart = {at: pair for at, pair in enumerate(zip(params, others, strict=True)) if pair[0] != pair[1]}
        keys = [at for at, pair in apart.items() if pair == tuple(_key(one, connection) for one in STAND_INS)]
        times = [at for at, pair in apart.items() if pair == tuple(_time(one, connection) for one in MOMENTS)]
        if len(keys) + len(times) < len(apart):
            raise NotPlain
        self._texts[connection.vendor] = found = (text, [*params], keys, times)
        return found


class Kept:
    """A rule as a condition, for one viewer."""

    conditional = True
    contains_aggregate = contains_over_clause = False

    def __init__(self, rule: Rule, viewer: UUID) -> None:
        self.rule, self.viewer = rule, viewer

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return self.rule.sql(compiler, connection, self.viewer)

    def relabeled_clone(self, aliases: dict[str | None, str]) -> "Kept":
        return Kept(self.rule.relabelled(aliases), self.viewer)

    def get_source_expressions(self) -> list[Any]:
        return self.rule.wheres[0].get_source_expressions()

    def get_group_by_cols(self) -> list[Any]:
        return self.rule.wheres[0].get_group_by_cols()

    def get_refs(self) -> set[str]:
        return self.rule.wheres[0].get_refs()

    def replace_expressions(self, replacements: Any) -> Any:
        return self


_rules: "OrderedDict[Hashable, tuple[Any, Rule | None]]" = OrderedDict()


def narrowed(rows: Any, viewer: Viewer | None) -> Any:
    """`rows.visible_to(viewer)` by the kept rule; None if there is none, or more was asked of the rows than a condition."""
    key = (type(rows), rows.model, viewer and viewer.viewer_kind)
    found = _rules.get(key)
    if found is None:
        found = _rules[key] = _asked(rows, viewer)
        while len(_rules) > RULES:
            _rules.popitem(last=False)
    query, rule = found
    if rule is None or not _asks_one_table(rows):
        return None
    chosen = rows._chain()
    chosen.query = query.chain()
    mine: Any = Kept(rule, viewer.pk if viewer else NOBODY)
    chosen.query.where = WhereNode([*rows.query.where.clone().children, mine])
    return chosen


def _asked(rows: Any, viewer: Viewer | None) -> tuple[Any, Rule | None]:
    """The rule's query and its conditions as SQL; without these if they cannot be kept, or say all or nothing."""
    queries = []
    for key, moment in zip(STAND_INS, MOMENTS, strict=True):
        with clock.stopped(moment):
            queries.append(rows.model._default_manager.all().visible_to(viewer and viewer.stand_in(key)).query)
    query, other = queries
    rule = Rule((query.where, other.where))
    compiler = query.chain().get_compiler(using=rows.db)
    try:
        compiler.as_sql()
        rule.sql(compiler, connections[rows.db], NOBODY)
    except (NotPlain, EmptyResultSet, FullResultSet):
        return query, None
    return query, rule


def _asks_one_table(rows: QuerySet[Any]) -> bool:
    """Whether there is at most a condition on the rows' own columns."""
    query, untouched = rows.query, rows.model._default_manager.all().query
    tables = [name for name, uses in query.alias_refcount.items() if uses]
    if tables not in ([], [rows.model._meta.db_table]) or query.where.connector != AND or query.where.negated:
        return False
    return all(value == getattr(untouched, name) for name, value in vars(query).items() if name not in OF_CONDITIONS)


def _key(viewer: UUID, connection: Any) -> Any:
    return UUIDField().get_db_prep_value(viewer, connection)


def _time(moment: datetime, connection: Any) -> Any:
    return DateTimeField().get_db_prep_value(moment, connection)
