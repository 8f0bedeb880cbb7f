"""Whole statements kept as SQL."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from backend.core.kept.texts import NotPlain, Text, Viewer, in_other_names

STATEMENTS = 1_000  # as many are kept


_statements: "OrderedDict[Hashable, tuple[Any, Text]]" = OrderedDict()


def rows_of(ask: Callable[[Any], QuerySet[Any]], viewer: Viewer) -> list[Any]:
    """The rows of `ask(viewer)`, values whose statement is kept as a whole, like a rule: it has to be as plain as one."""
    key = (ask, viewer.viewer_kind)
    found = _statements.pop(key, None) or _whole(ask, viewer)
    _statements[key] = found
    while len(_statements) > STATEMENTS:
        _statements.popitem(last=False)
    compiler, text = found
    with connection.cursor() as cursor:
        cursor.execute(*text.filled(viewer.pk, connection))
        return [tuple(row) for row in compiler.results_iter([cursor.fetchall()])]


def _whole(ask: Callable[[Any], QuerySet[Any]], viewer: Viewer) -> tuple[Any, Text]:
    compiler, other, today = (
        each.query.get_compiler(DEFAULT_DB_ALIAS) for each in in_other_names(ask, viewer, DEFAULT_DB_ALIAS)
    )
    text = Text.between(compiler.as_sql(), other.as_sql(), connection)
    if text.sql != today.as_sql()[0]:
        raise NotPlain
    return compiler, text
