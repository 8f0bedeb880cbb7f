"""Strawberry-django's optimizer, where there is something to optimize."""

from typing import Any

from django.db.models import QuerySet
from strawberry import Info
from strawberry.utils.inspect import in_async_context
from strawberry_django.optimizer import DjangoOptimizerExtension, optimizer


class Optimizer(DjangoOptimizerExtension):
    """It goes through the selection of a connection only once its rows are to be read as objects."""

    def optimize(self, qs: Any, info: Any, **given: Any) -> QuerySet[Any]:
        if isinstance(info, Info) and info._field.is_connection and not in_async_context():  # type: ignore[attr-defined]
            return qs  # type: ignore[no-any-return]
        return super().optimize(qs, info, **given)


def optimized(rows: QuerySet[Any], info: Any) -> QuerySet[Any]:
    """For objects, unless the field wants none of it."""
    extension = optimizer.get()
    if extension is None or info._field.disable_optimization:
        return rows
    return DjangoOptimizerExtension.optimize(extension, rows, info)
