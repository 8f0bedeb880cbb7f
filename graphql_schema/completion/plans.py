"""Selections of plain values as generated Python: once for a document, then straight-line code for every object.

Plain are columns, relations that were loaded with the row, attributes of plain objects, and resolvers that need nothing
but the object. A plan either gives what graphql-core would give or raises: then graphql-core does the work, and tells
what is wrong in its own words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ManyToManyDescriptor,
    ReverseManyToOneDescriptor,
)
from django.db.models.query_utils import DeferredAttribute
from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_nullable_type,
    is_leaf_type,
)
from strawberry.relay import Node
from strawberry.types.field import StrawberryField
from strawberry_django.fields.field import StrawberryDjangoField
from strawberry_django.optimizer import is_optimized_by_prefetching

from graphql_schema.completion.leaves import leaf
from graphql_schema.completion.pages import Paged, edges
from graphql_schema.completion.rows import RowCompiler
from graphql_schema.completion.writing import Surprise, Writer, model_of
from graphql_schema.guard import may_leave

Complete = Callable[[Any, Any], dict[str, Any]]  # (object, context) → its fields


@dataclass
class Plan:
    """What can be compiled of a selection, and the fields that graphql-core completes."""

    complete: Complete | None
    others: frozenset[str]


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
        self.rows = RowCompiler(self)

    def plan(self, parent: GraphQLObjectType, fields: Any) -> Plan:
        """The plain ones of these fields as one function; the others are named."""
        writer, found, others = Writer(), {}, set()
        model = model_of(parent)
        self._check_class(writer, parent, model)
        for name, details in sorted(fields.items(), key=_edges_first):
            before = len(writer.lines)
            try:
                found[name] = self._field(writer, parent, model, details)
            except Surprise:
                del writer.lines[before:]
                others.add(name)
        entries = [f"{name!r}: {found[name]}" for name in fields if name in found]
        return Plan(writer.function(entries) if entries else None, frozenset(others))

    def whole(self, parent: GraphQLObjectType, details: Any) -> Complete:
        """The function of an inner selection; all of it has to be plain."""
        plan = self.plan(parent, self.selected(parent, details))
        if plan.complete is None or plan.others:
            raise Surprise
        return plan.complete

    def selected(self, parent: GraphQLObjectType, details: Any) -> Any:
        """The fields of an inner selection, of which none comes later."""
        grouped, defers, _ = self.collect(parent, details)
        if defers:
            raise Surprise
        return grouped

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
        if details[0].node.name.value == "__typename":
            return repr(parent.name)
        found, definition = self.plain(parent, details)
        if definition.python_name == "_id" and model and issubclass(definition.origin, Node):
            return writer.global_id(parent.name, "source.pk")
        if definition.python_name == "edges" and issubclass(definition.origin, Paged):
            return self._edges(writer, found, details)
        if model and isinstance(definition, StrawberryDjangoField) and definition.base_resolver is None:
            name = definition.django_name or definition.python_name
            if (kept := _kept_as(model, name)) is not None:
                return self._many(writer, kept, model, name, found, details)
        return self.completed(writer, found.type, writer_value(writer, model, definition), details)

    def _edges(self, writer: Writer, found: GraphQLField, details: Any) -> str:
        """From tuples, or from objects where rows have to be looked at one by one."""
        kind = found.type.of_type.of_type.of_type
        objects = f"[{writer.name(self.whole(kind, details))}(item, context) for item in {writer.name(loaded)}(source.edges, context)]"
        try:
            read = writer.name(edges(self.rows, kind, details).read)
        except Surprise:
            return objects
        result = f"r{len(writer.lines)}"
        writer.lines += [f"{result} = {read}(source, context)", f"if {result} is None: {result} = {objects}"]
        return result

    def _many(self, writer: Writer, kept: str, model: Any, name: str, found: GraphQLField, details: Any) -> str:
        """Objects that were loaded with the row, or tuples that are read now."""
        value = f"v{len(writer.lines)}"
        writer.lines.append(f"{value} = row.get('_prefetched_objects_cache', {{}}).get({kept!r})")
        objects = self._given(writer, get_nullable_type(found.type), value, details)(writer)
        try:
            many = writer.name(self.rows.many(0, model, name, found.type, details).of)
        except Surprise:
            writer.lines.append(f"if {value} is None: raise Surprise")
            return objects
        return f"({many}(source, context) if {value} is None else {objects})"

    def plain(self, parent: GraphQLObjectType, details: Any) -> tuple[GraphQLField, StrawberryField]:
        """A field that asks for nothing but its object."""
        node = details[0].node
        found: GraphQLField | None = self.get_field(parent, node.name.value)
        definition = found and found.extensions.get("strawberry-definition")
        if not isinstance(definition, StrawberryField) or found is None or node.arguments or details[0].defer_usage:
            raise Surprise
        if definition.extensions or definition.permission_classes or definition.is_async or definition.arguments:
            raise Surprise
        return found, definition

    def completed(self, writer: Writer, type_: GraphQLOutputType, value: str, details: Any) -> str:
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
                                f"and not {writer.name(may_leave)}({value}, context): {value} = None")  # fmt: skip
            return lambda w: f"{complete}({value}, context)"
        if isinstance(type_, GraphQLList) and isinstance(type_.of_type, GraphQLNonNull):
            item = type_.of_type.of_type
            if is_leaf_type(item):
                return lambda w: f"[{leaf(w, item, 'item')} for item in {writer.name(loaded)}({value}, context)]"
            if isinstance(item, GraphQLObjectType):
                complete = writer.name(self.whole(item, details))
                return lambda w: f"[{complete}(item, context) for item in {writer.name(loaded)}({value}, context)]"
        raise Surprise


def writer_value(writer: Writer, model: Any, definition: StrawberryField) -> str:
    """Writes how the field's value is read; gives the name it has then."""
    value, name = f"v{len(writer.lines)}", definition.python_name
    if definition.base_resolver is not None:
        return writer.resolved(definition.base_resolver, "source")
    if model is None:
        writer.lines.append(f"{value} = source.{name}")
    elif isinstance(definition, StrawberryDjangoField):
        writer.lines.append(f"{value} = {_stored(model, definition.django_name or name)}")
    else:
        raise Surprise
    return value


def _stored(model: type[Model], name: str) -> str:
    """Where a row keeps a column, or the one that was loaded with it; a KeyError there is a surprise too."""
    attribute = getattr(model, name, None)
    if type(attribute) is DeferredAttribute:
        return f"row[{attribute.field.attname!r}]"
    if isinstance(attribute, ForwardManyToOneDescriptor):
        return f"source._state.fields_cache[{attribute.field.cache_name!r}]"
    raise Surprise


def _kept_as(model: type[Model], name: str) -> str | None:
    """The name under which a row keeps a list that was loaded with it."""
    attribute = getattr(model, name, None)
    kept: str | None = None
    if isinstance(attribute, ManyToManyDescriptor):
        kept = attribute.rel.field.related_query_name() if attribute.reverse else attribute.rel.field.name
    elif isinstance(attribute, ReverseManyToOneDescriptor):
        kept = attribute.rel.cache_name
    return kept


def _edges_first(field: tuple[str, Any]) -> bool:
    """What is told of a page follows from how it was read."""
    name: str = field[1][0].node.name.value
    return name != "edges"
