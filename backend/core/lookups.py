"""Many keys as one parameter on PostgreSQL, so that a statement has one text however many there are, and is prepared."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, Q, UUIDField, Value
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.fields.tuple_lookups import TupleIn
from django.db.models.lookups import In


class _AsArray(In):
    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """`key = ANY(array)`; as usual where what is compared with is no list of keys."""
        target = getattr(self.lhs.output_field, "target_field", self.lhs.output_field)
        if not isinstance(target, UUIDField) or not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        keys = [key for key in dict.fromkeys(self.rhs) if key is not None]
        if any(hasattr(key, "resolve_expression") for key in keys):
            return super().as_sql(compiler, connection)
        if not keys:
            raise EmptyResultSet
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::uuid[])", [*params, array_of(keys)]


def array_of(keys: Iterable[UUID]) -> str:
    """As PostgreSQL writes an array: of many keys a driver makes one much more slowly, since any may be of another kind."""
    return "{" + ",".join([key.hex for key in keys]) + "}"


@UUIDField.register_lookup
class KeyIn(_AsArray):
    lookup_name = "in"


@ForeignKey.register_lookup
class ForeignKeyIn(_AsArray, RelatedIn):
    lookup_name = "in"


@UUIDField.register_lookup
class KeyAmong(In):
    """Keys that a subquery finds once, since they are few: PostgreSQL reckons the subquery of an `IN` for every row."""

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        rows, more = self.process_rhs(compiler, connection)
        return f"{sql} = ANY(ARRAY{rows})", [*params, *more]


@ForeignKey.register_lookup
class ForeignKeyAmong(KeyAmong, RelatedIn):
    lookup_name = "among"


class Code(Value):
    """A code of our own, written into the statement. Of a parameter PostgreSQL knows nothing once it has prepared the
    statement: not that a partial index covers it, nor how many rows have it."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not re.fullmatch("[A-Z_]+", code := str(self.value)):
            raise ValueError(f"This is no code: {code}")
        return f"'{code}'", []


def as_keys(condition: Any) -> Any:
    """Django looks up the rows behind a forward key by tuples of one, each compiled by itself; as keys they are a list."""
    if not isinstance(condition, TupleIn) or len(condition.lhs) > 1:
        return condition
    return Q(**{f"{condition.lhs.targets[0].name}__in": [key for (key,) in condition.rhs]})
