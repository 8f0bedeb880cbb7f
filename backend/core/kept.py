"""Reading rules kept as SQL: a rule has one text for all viewers of a kind, and only the viewer's key and the time differ.

To build a rule's conditions and compile them is half of a small request. So each rule is asked once for a kind of viewer,
in the name of two stand-ins who share all that a rule may read of a viewer, at two moments. Where the two statements
differ goes the viewer's own key, or the time. A rule whose statements differ elsewhere is not kept. A rule asks the
database only by its conditions: what it read itself would be kept too, so that is refused. A stand-in is nobody: what is
left of one in a statement finds nothing.
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
MOMENTS = (datetime(1901, 1, 1, 1, 1, 1, 1, UTC), datetime(1902, 2, 2, 2, 2, 2, 2, UTC))
RULES, NAMES = 1_000, 100  # as many are kept, of about 30 KB; and each under as many other names of its tables
OF_CONDITIONS = {"where", "alias_map", "alias_refcount", "table_map", "used_aliases", "_lookup_joins", "base_table"}


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
        found = self._relabelled.get(key)
        if found is None:
            if len(self._relabelled) >= NAMES:
                self._relabelled.clear()
            one, other = self.wheres
            found = self._relabelled[key] = Rule((one.relabeled_clone(aliases), other.relabeled_clone(aliases)))
        return found

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
    found = _rules.pop(key, None) or _asked(rows, viewer)
    _rules[key] = found  # as the last used one
    while len(_rules) > RULES:
        _rules.popitem(last=False)
    query, rule = found
    if rule is None or not _asks_one_table(rows):
        return None
    chosen = rows._chain()
    chosen.query = query.chain()
    chosen.query.table_map = {table: [*aliases] for table, aliases in query.table_map.items()}  # else joins add to it
    mine: Any = Kept(rule, viewer.pk if viewer else NOBODY)
    chosen.query.where = WhereNode([*rows.query.where.clone().children, mine])
    return chosen


def _asked(rows: Any, viewer: Viewer | None) -> tuple[Any, Rule | None]:
    """The rule's query and its conditions as SQL; without these if they cannot be kept, or say all or nothing."""
    every = rows.model._default_manager.all()
    with connections[rows.db].execute_wrapper(_refuse):
        queries = []
        for key, moment in zip(STAND_INS, MOMENTS, strict=True):
            with clock.stopped(moment):
                queries.append(every.visible_to(viewer and viewer.stand_in(key)).query)
        today = every.visible_to(viewer and viewer.stand_in(STAND_INS[0])).query
    query, other = queries
    query.get_initial_alias()  # so that it has another name in statements that name the table already
    rule = Rule((query.where, other.where))
    compiler, connection = query.chain().get_compiler(using=rows.db), connections[rows.db]
    try:
        compiler.as_sql()
        text, _ = rule.sql(compiler, connection, NOBODY)
        if text != today.where.as_sql(compiler, connection)[0] or type(every) is not type(rows):
            raise NotPlain
    except (NotPlain, EmptyResultSet, FullResultSet):
        return query, None
    return query, rule


def _refuse(*_: Any) -> Any:
    raise RuleAsks


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
