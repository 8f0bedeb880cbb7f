"""The wall that every object leaving a resolver passes, however it got there."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from graphql import GraphQLList, GraphQLNonNull, get_nullable_type
from strawberry.extensions import SchemaExtension

from backend.core.models import NOBODY
from backend.schools.models import Country
from backend.vocabulary.models import Competence, Language, Subject

PUBLIC: tuple[type[Model], ...] = (Country, Subject, Language, Competence)


class Guard(SchemaExtension):
    """Rows loaded through `for_viewer` carry their viewer's mark; any other row is looked up, once a request.
    It stands outermost, behind the optimizer, and sees what really leaves."""

    def resolve(self, _next: Callable[..., Any], root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
        result = _next(root, info, *args, **kwargs)
        if isinstance(result, Model):
            return result if may_leave(result, info.context) else None
        if isinstance(result, Iterable) and is_list(info.return_type):
            return _rows_that_may_leave(result, info)
        return result


def is_list(kind: Any) -> bool:
    return isinstance(get_nullable_type(kind), GraphQLList)


def _rows_that_may_leave(rows: Iterable[Any], info: Any) -> list[Any]:
    """Without the others; where the list may hold nulls they keep their place."""
    checked = [None if isinstance(row, Model) and not may_leave(row, info.context) else row for row in rows]
    holds_nulls = not isinstance(get_nullable_type(info.return_type).of_type, GraphQLNonNull)
    return checked if holds_nulls else [row for row in checked if row is not None]


def is_marked(found: Model | QuerySet[Any], viewer: Any) -> bool:
    """Whether it was loaded by `for_viewer` for this viewer, or will be."""
    return getattr(found, "_seen_by", None) == (viewer.pk if viewer else NOBODY)


def may_leave(row: Model, context: Any) -> bool:
    """Whether this viewer may get this row."""
    viewer = context.viewer
    if row is viewer or isinstance(row, PUBLIC) or is_marked(row, viewer):  # everybody sees oneself
        return True
    key = ("guard", type(row), row.pk)
    visible: bool = context.once(
        key,
        lambda: type(row)._default_manager.visible_to(viewer).filter(pk=row.pk).exists(),  # type: ignore[attr-defined]
    )
    return visible
