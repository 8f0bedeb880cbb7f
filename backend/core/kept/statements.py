"""Whole statements kept as SQL."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from backend.core.kept.last import Last
from backend.core.kept.texts import NotPlain, Text, Viewer, in_other_names

STATEMENTS = 1_000  # as many are kept
_statements: Last[Hashable, tuple[Any, Text]] = Last(STATEMENTS)


def rows_of(ask: Callable[[Any], QuerySet[Any]], viewer: Viewer) -> list[dict[str, Any]]:
    """The rows of `ask(viewer)`, which asks for `values`; its statement is kept as a whole, and has to be as plain as a
    rule."""
    compiler, text = _statements.of((ask, viewer.viewer_kind), partial(_whole, ask, viewer))
    names = (*compiler.query.values_select, *compiler.query.annotation_select)
    with connection.cursor() as cursor:
        cursor.execute(*text.filled(viewer.pk, connection))
        return [dict(zip(names, row, strict=True)) for row in compiler.results_iter([cursor.fetchall()])]


def _whole(ask: Callable[[Any], QuerySet[Any]], viewer: Viewer) -> tuple[Any, Text]:
    compiler, other, today = (
        each.query.get_compiler(DEFAULT_DB_ALIAS) for each in in_other_names(ask, viewer, DEFAULT_DB_ALIAS)
    )
    text = Text.between(compiler.as_sql(), other.as_sql(), connection)
    if text.sql != today.as_sql()[0]:
        raise NotPlain
    return compiler, text
