"""Reading rules kept as SQL, since to build a rule's conditions and compile them is half of a small request."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.where import AND, WhereNode

from backend.core import clock
from backend.core.kept.last import Last
from backend.core.kept.texts import NOBODY, NotPlain, Text, Viewer, in_other_names

RULES, NAMES = 1_000, 100  # as many are kept, of about 30 KB; and each under as many other names of its tables
OF_CONDITIONS = {"where", "alias_map", "alias_refcount", "table_map", "used_aliases", "_lookup_joins", "base_table"}


class Rule:
    """The conditions of a rule for two stand-ins, and their text."""

    def __init__(self, wheres: tuple[WhereNode, WhereNode]) -> None:
        self.wheres = wheres
        self._texts: dict[str, Text] = {}
        self._relabelled: Last[tuple[tuple[str | None, str], ...], Rule] = Last(NAMES)

    def text(self, compiler: Any, connection: Any) -> Text:
        text = self._texts.get(connection.vendor)
        if text is None:
            one, other = (where.as_sql(compiler, connection) for where in self.wheres)
            text = self._texts[connection.vendor] = Text.between(one, other, connection)
        return text

    def relabelled(self, aliases: dict[str | None, str]) -> "Rule":
        """As part of a larger statement, where tables have other names."""
        one, other = self.wheres
        return self._relabelled.of(
            tuple(aliases.items()),
            lambda: Rule((one.relabeled_clone(aliases), other.relabeled_clone(aliases))),
        )


class Kept:
    """A rule as a condition, for one viewer at the moment it is asked."""

    conditional = True
    contains_aggregate = contains_over_clause = False

    def __init__(self, rule: Rule, viewer: UUID, moment: datetime) -> None:
        self.rule, self.viewer, self.moment = rule, viewer, moment

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return self.rule.text(compiler, connection).filled(self.viewer, self.moment, connection)

    def relabeled_clone(self, aliases: dict[str | None, str]) -> "Kept":
        return Kept(self.rule.relabelled(aliases), self.viewer, self.moment)

    def get_source_expressions(self) -> list[Any]:
        return self.rule.wheres[0].get_source_expressions()

    def get_group_by_cols(self) -> list[Any]:
        return self.rule.wheres[0].get_group_by_cols()

    def get_refs(self) -> set[str]:
        return self.rule.wheres[0].get_refs()

    def replace_expressions(self, replacements: Any) -> Any:
        return self


@dataclass(frozen=True)
class Asked:
    """All rows of a model as they are before anything is asked, the rule's query, and the rule if it can be kept."""

    whole: Any
    query: Any
    rule: Rule | None


_rules: Last[Hashable, Asked] = Last(RULES)


def narrowed(rows: Any, viewer: Viewer | None) -> Any:
    """`rows.visible_to(viewer)` by the kept rule; None if there is none, or more was asked of the rows than a condition."""
    key = (type(rows), rows.model, viewer and viewer.viewer_kind)
    asked = _rules.of(key, partial(_asked, rows, viewer))
    if asked.rule is None or not _asks_one_table(rows, asked.whole):
        return None
    chosen = rows._chain()
    chosen.query = asked.query.chain()
    tables = asked.query.table_map.items()
    chosen.query.table_map = {table: [*aliases] for table, aliases in tables}  # else joins add to it
    mine: Any = Kept(asked.rule, viewer.pk if viewer else NOBODY, clock.now())
    chosen.query.where = WhereNode([*rows.query.where.clone().children, mine])
    return chosen


def _asked(rows: Any, viewer: Viewer | None) -> Asked:
    """Without a rule if its statements cannot be kept, or say all or nothing."""
    every = rows.model._default_manager.all()
    query, other, today = (each.query for each in in_other_names(every.visible_to, viewer, rows.db))
    query.get_initial_alias()  # so that it has another name in statements that name the table already
    rule = Rule((query.where, other.where))
    compiler, its = query.chain().get_compiler(using=rows.db), connections[rows.db]
    try:
        compiler.as_sql()
        if not rule.text(compiler, its).says(today.where.as_sql(compiler, its)) or type(every) is not type(rows):
            raise NotPlain
    except (NotPlain, EmptyResultSet, FullResultSet):
        return Asked(every.query, query, None)
    return Asked(every.query, query, rule)


def _asks_one_table(rows: QuerySet[Any], whole: Any) -> bool:
    """Whether there is at most a condition on the rows' own columns."""
    query = rows.query
    tables = [name for name, uses in query.alias_refcount.items() if uses]
    if tables not in ([], [rows.model._meta.db_table]) or query.where.connector != AND or query.where.negated:
        return False
    return all(value == getattr(whole, name) for name, value in vars(query).items() if name not in OF_CONDITIONS)
