"""The wall that every object leaving a resolver passes, however it got there."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from strawberry.extensions import SchemaExtension

from backend.core.models import NOBODY
from backend.schools.models import Country
from backend.vocabulary.models import Competence, Language, Subject

PUBLIC: tuple[type[Model], ...] = (Country, Subject, Language, Competence)


class Guard(SchemaExtension):
    """Rows loaded through `for_viewer` carry their viewer's mark; any other row is looked up, once a request."""

    def resolve(self, _next: Callable[..., Any], root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
        result = _next(root, info, *args, **kwargs)
        if isinstance(result, Model):
            return result if may_leave(result, info.context) else None
        if isinstance(result, list) and any(isinstance(row, Model) for row in result):
            return [row for row in result if not isinstance(row, Model) or may_leave(row, info.context)]
        return result


def may_leave(row: Model, context: Any) -> bool:
    """Whether this viewer may get this row."""
    viewer = context.viewer
    if isinstance(row, PUBLIC) or getattr(row, "_seen_by", None) == (viewer.pk if viewer else NOBODY):
        return True
    key = ("guard", type(row), row.pk)
    visible: bool = context.once(
        key,
        lambda: type(row)._default_manager.visible_to(viewer).filter(pk=row.pk).exists(),  # type: ignore[attr-defined]
    )
    return visible
