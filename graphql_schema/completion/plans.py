"""Selections of plain values as generated Python: once for a document, then straight-line code for every object.

Plain are columns, relations that were loaded with the row, attributes of plain objects, and resolvers that need nothing
but the object. A plan either gives what graphql-core would give or raises: then graphql-core does the work, and tells
what is wrong in its own words.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ManyToManyDescriptor,
    ReverseManyToOneDescriptor,
)
from django.db.models.query_utils import DeferredAttribute
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_leaf_type,
)
from strawberry.relay import Node
from strawberry.types.field import StrawberryField
from strawberry_django.fields.field import StrawberryDjangoField
from strawberry_django.optimizer import is_optimized_by_prefetching

from graphql_schema.guard import may_leave

Complete = Callable[[Any, Any], dict[str, Any]]  # (object, context) → its fields
PLAIN = {"String": str, "Boolean": bool}  # values of these classes are answered as they are


class Surprise(Exception):
    """Something is not as plain as it looked: graphql-core has to look."""


@dataclass
class Plan:
    """What can be compiled of a selection, and the fields that graphql-core completes."""

    complete: Complete | None
    others: frozenset[str]


@dataclass
class Writer:
    """Collects the lines of one function, and the objects they name."""

    lines: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: {
        "Surprise": Surprise, "may_leave": may_leave, "loaded": loaded, "b64encode": b64encode,
    })  # fmt: skip

    def name(self, thing: Any) -> str:
        name = f"n{len(self.names)}"
        self.names[name] = thing
        return name

    def function(self, entries: list[str]) -> Complete:
        body = "\n    ".join([*self.lines, f"return {{{', '.join(entries)}}}"])
        exec(f"def complete(source, context):\n    {body}", self.names)  # noqa: S102 (of our own schema's names only)
        complete: Complete = self.names["complete"]
        return complete


def loaded(rows: Any, context: Any) -> list[Any]:
    """A list as it left its resolver: only what was loaded before, and of that what may leave."""
    if isinstance(rows, QuerySet):
        if rows._result_cache is None or not is_optimized_by_prefetching(rows):
            raise Surprise
        rows = rows._result_cache
    if type(rows) is not list:
        raise Surprise
    return [row for row in rows if not isinstance(row, Model) or may_leave(row, context)]


class Compiler:
    """Compiles selections; `collect` gives the fields of a type under a list of field nodes, as graphql-core does."""

    def __init__(self, collect: Callable[[GraphQLObjectType, Any], Any], get_field: Callable[..., Any]) -> None:
        self.collect, self.get_field = collect, get_field

    def plan(self, parent: GraphQLObjectType, fields: Any) -> Plan:
        """The plain ones of these fields as one function; the others are named."""
        writer, entries, others = Writer(), [], set()
        definition = parent.extensions.get("strawberry-definition")
        model = getattr(getattr(definition, "origin", None), "__strawberry_django_definition__", None)
        self._check_class(writer, parent, model.model if model else None)
        for name, details in fields.items():
            before = len(writer.lines)
            try:
                entries.append(f"{name!r}: {self._field(writer, parent, model, details)}")
            except Surprise:
                del writer.lines[before:]
                others.add(name)
        return Plan(writer.function(entries) if entries else None, frozenset(others))

    def whole(self, parent: GraphQLObjectType, details: Any) -> Complete:
        """The function of an inner selection; all of it has to be plain."""
        grouped, defers, _ = self.collect(parent, details)
        plan = self.plan(parent, grouped)
        if plan.complete is None or plan.others or defers:
            raise Surprise
        return plan.complete

    def _check_class(self, writer: Writer, parent: GraphQLObjectType, model: type[Model] | None) -> None:
        if model is not None:
            writer.lines += [
                f"if source.__class__ is not {writer.name(model)}: raise Surprise",
                "row = source.__dict__",
            ]
        elif parent.is_type_of:
            writer.lines.append(f"if not {writer.name(parent.is_type_of)}(source, None): raise Surprise")

    def _field(self, writer: Writer, parent: GraphQLObjectType, model: Any, details: Any) -> str:
        """An expression for the completed value; the lines before it are written."""
        node = details[0].node
        if node.name.value == "__typename":
            return repr(parent.name)
        found: GraphQLField | None = self.get_field(parent, node.name.value)
        definition = found and found.extensions.get("strawberry-definition")
        if not isinstance(definition, StrawberryField) or found is None or node.arguments or details[0].defer_usage:
            raise Surprise
        if definition.extensions or definition.permission_classes or definition.is_async or definition.arguments:
            raise Surprise
        if definition.python_name == "_id" and model and issubclass(definition.origin, Node):
            return f"b64encode(({parent.name + ':'!r} + str(source.pk)).encode()).decode()"
        value = writer_value(writer, model, definition)
        return self._completed(writer, found.type, value, details)

    def _completed(self, writer: Writer, type_: GraphQLOutputType, value: str, details: Any) -> str:
        if isinstance(type_, GraphQLNonNull):
            inner = self._given(writer, type_.of_type, value, details)
            writer.lines.append(f"if {value} is None: raise Surprise")
            return inner(writer)
        inner = self._given(writer, type_, value, details)
        result = f"r{len(writer.lines)}"
        writer.lines.append(f"{result} = None if {value} is None else {inner(writer)}")
        return result

    def _given(self, writer: Writer, type_: Any, value: str, details: Any) -> Callable[[Writer], str]:
        """How a value that is not null is completed."""
        if is_leaf_type(type_):
            return lambda w: leaf(w, type_, value)
        if isinstance(type_, GraphQLObjectType):
            complete = writer.name(self.whole(type_, details))
            writer.lines.append(f"if {value} is not None and isinstance({value}, {writer.name(Model)}) "
                                f"and not may_leave({value}, context): {value} = None")  # fmt: skip
            return lambda w: f"{complete}({value}, context)"
        if isinstance(type_, GraphQLList) and isinstance(type_.of_type, GraphQLNonNull):
            item = type_.of_type.of_type
            if is_leaf_type(item):
                return lambda w: f"[{leaf(w, item, 'item')} for item in loaded({value}, context)]"
            if isinstance(item, GraphQLObjectType):
                complete = writer.name(self.whole(item, details))
                return lambda w: f"[{complete}(item, context) for item in loaded({value}, context)]"
        raise Surprise


def writer_value(writer: Writer, model: Any, definition: StrawberryField) -> str:
    """Writes how the field's value is read; gives the name it has then."""
    value, name = f"v{len(writer.lines)}", definition.python_name
    resolver = definition.base_resolver
    if resolver is not None:
        if resolver.info_parameter or resolver.arguments or not resolver.self_parameter or resolver.is_async:
            raise Surprise
        writer.lines.append(f"{value} = {writer.name(resolver.wrapped_func)}(source)")
    elif model is None:
        writer.lines.append(f"{value} = source.{name}")
    elif isinstance(definition, StrawberryDjangoField):
        writer.lines.append(f"{value} = {_stored(model.model, definition.django_name or name)}")
    else:
        raise Surprise
    return value


def _stored(model: type[Model], name: str) -> str:
    """Where a row keeps a column, or what was loaded with it; a KeyError there is a surprise too."""
    attribute = getattr(model, name, None)
    if type(attribute) is DeferredAttribute:
        return f"row[{attribute.field.attname!r}]"
    if isinstance(attribute, ForwardManyToOneDescriptor):
        return f"source._state.fields_cache[{attribute.field.cache_name!r}]"
    if isinstance(attribute, ManyToManyDescriptor):
        kept = attribute.rel.field.related_query_name() if attribute.reverse else attribute.rel.field.name
    elif isinstance(attribute, ReverseManyToOneDescriptor):
        kept = attribute.rel.cache_name
    else:
        raise Surprise
    return f"row['_prefetched_objects_cache'][{kept!r}]"


def leaf(writer: Writer, type_: Any, value: str) -> str:
    """A scalar or enum as it is answered."""
    coerce = type_.coerce_output_value
    if type_.name in PLAIN:
        return f"({value} if {value}.__class__ is {writer.name(PLAIN[type_.name])} else {writer.name(checked(coerce))}({value}))"
    if isinstance(type_, GraphQLEnumType):
        return f"{writer.name(Known(coerce))}[{value}]"
    return f"{writer.name(checked(coerce))}({value})"


def checked(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def coerced(value: Any) -> Any:
        answer = coerce(value)
        if answer is None or value is None:
            raise Surprise
        return answer

    return coerced


class Known(dict[Any, Any]):
    """Names of an enum's values, each found out once."""

    def __init__(self, coerce: Callable[[Any], Any]) -> None:
        self.coerce = checked(coerce)

    def __missing__(self, value: Any) -> Any:
        self[value] = answer = self.coerce(value)
        return answer
