"""Selections of plain rows, read as tuples: a statement for the rows, one for each relation, and none of Django's objects.

What plans complete from objects, readers complete from columns. Every statement begins with what the viewer may see, so a
row that is found may leave; one that is not found is null, or a surprise where nothing may be null.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ManyToManyDescriptor,
    ReverseManyToOneDescriptor,
)
from django.db.models.query_utils import DeferredAttribute
from graphql import GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_nullable_type
from strawberry_django.fields.field import StrawberryDjangoField

from backend.core.kept.statements import STATEMENTS, rows_of
from backend.core.models import EntityQuerySet
from graphql_schema.completion.writing import Surprise, Writer, model_of
from graphql_schema.guard import PUBLIC, is_marked

Row = tuple[Any, ...]
Completed = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """What is read of each row, its key first; what hangs on it; and how a row of that is completed."""

    model: type[Model]
    columns: tuple[str, ...]
    relations: tuple["One | Many", ...]
    complete: Callable[..., Completed]

    def completed(self, rows: Sequence[Row], context: Any) -> list[Completed]:
        found = [relation.found({row[relation.at] for row in rows}, context) for relation in self.relations]
        complete = self.complete
        return [complete(row, context, *found) for row in rows]

    def rows(self, way: str, keys: set[Any], context: Any) -> list[Row]:
        """What the viewer may see of those whose `way` leads to these keys."""
        return rows_of(led_to(self.model, way, self.columns), context.viewer, list(keys)) if keys else []


@lru_cache(maxsize=STATEMENTS)
def led_to(model: type[Model], way: str, columns: tuple[str, ...]) -> Callable[..., QuerySet[Any]]:
    """One function, whatever document asks, so that its statement is kept once."""

    def ask(viewer: Any, keys: list[Any]) -> QuerySet[Any]:
        rows: Any = model._default_manager.all()
        if model not in PUBLIC:
            rows = rows.for_viewer(viewer)
            if not is_marked(rows, viewer):
                raise Surprise
        found: QuerySet[Any] = rows.filter(**{f"{way}__in": keys}).values_list(*columns)
        return found

    return ask


@dataclass(frozen=True)
class One:
    """What a key leads to."""

    at: int  # the key's place among the columns of the row it hangs on
    reader: Reader

    def found(self, keys: set[Any], context: Any) -> dict[Any, Completed]:
        keys.discard(None)
        rows = self.reader.rows("pk", keys, context)
        return {row[0]: done for row, done in zip(rows, self.reader.completed(rows, context), strict=True)}


@dataclass(frozen=True)
class Many:
    """The rows that lead to a key."""

    at: int
    reader: Reader
    way: str  # from their model to the row they hang on

    def found(self, keys: set[Any], context: Any) -> dict[Any, list[Completed]]:
        rows = self.reader.rows(self.way, keys, context)
        grouped: dict[Any, list[Completed]] = defaultdict(list)
        for row, done in zip(rows, self.reader.completed(rows, context), strict=True):
            grouped[row[0]].append(done)
        return grouped

    def of(self, row: Model, context: Any) -> list[Completed]:
        return self.found({row.pk}, context).get(row.pk, [])


@dataclass
class RowWriter(Writer):
    """Collects as well what is read of each row."""

    arguments = "row, context"
    model: Any = None
    columns: list[str] = field(default_factory=list)
    relations: list[One | Many] = field(default_factory=list)
    of_object: dict[str, None] = field(default_factory=dict)  # paths to what resolvers need of the object

    def column(self, name: str) -> str:
        return f"row[{self.place(name)}]"

    def place(self, name: str) -> int:
        if name not in self.columns:
            self.columns.append(name)
        return self.columns.index(name)

    def relation(self, relation: One | Many) -> str:
        self.relations.append(relation)
        self.arguments += f", found{len(self.relations)}"
        return f"found{len(self.relations)}"

    def object(self, paths: Iterable[str]) -> str:
        """The name of an object with these columns, its own and of what its keys lead to; others are looked up, as of any
        object."""
        self.of_object |= dict.fromkeys((self.model._meta.pk.name, *paths))
        return "source"

    def _made(self, model: Any, paths: Iterable[str], prefix: str = "") -> str:
        own, further = {}, defaultdict(list)
        for path in (model._meta.pk.name, *paths):
            name, _, rest = path.partition("__")
            key = model._meta.get_field(name)
            if not key.concrete or (rest and not key.many_to_one and not key.one_to_one):
                raise Surprise
            own[key.attname] = self.column(prefix + key.attname)
            if rest:
                further[key].append(rest)
        related = {key.cache_name: self._made(key.related_model, rest, f"{prefix}{key.name}__")
                   + f" if {own[key.attname]} is not None else None" for key, rest in further.items()}  # fmt: skip
        columns, others = (", ".join(f"{name!r}: {value}" for name, value in each.items()) for each in (own, related))
        return f"{self.name(_object)}({self.name(model)}, {{{columns}}}, {{{others}}})"

    def reader(self, entries: list[str]) -> Reader:
        if self.of_object:
            self.lines.insert(0, f"source = {self._made(self.model, self.of_object)}")
        return Reader(self.model, tuple(self.columns), tuple(self.relations), self.function(entries))


def _object(model: type[Model], columns: dict[str, Any], related: dict[str, Any]) -> Model:
    """A row as an object without the way through `__init__`, which looks at each column of the table."""
    row = model.__new__(model)
    row.__dict__ = columns
    row._state = ModelState()
    row._state.adding = False
    row._state.fields_cache.update(related)
    return row


class RowCompiler:
    """Compiles readers. What a value holds is compiled by `plans`, a compiler for objects."""

    def __init__(self, plans: Any) -> None:
        self.plans = plans

    def reader(self, kind: GraphQLObjectType, details: Any, key: str = "pk") -> Reader:
        """For rows of this type, found by this column."""
        model: Any = model_of(kind)
        if model is None or not _is_plain(model):
            raise Surprise
        writer = RowWriter(model=model)
        writer.place(key)
        return writer.reader(
            [
                f"{name!r}: {self._field(writer, kind, each)}"
                for name, each in self.plans.selected(kind, details).items()
            ]
        )

    def many(self, at: int, model: type[Model], name: str, type_: Any, details: Any) -> Many:
        """The rows of a list that is a relation of this model."""
        attribute = getattr(model, name, None)
        item = get_nullable_type(type_)
        if not isinstance(item, GraphQLList) or not isinstance(item.of_type, GraphQLNonNull):
            raise Surprise
        kind, related = item.of_type.of_type, None
        if isinstance(attribute, ManyToManyDescriptor):
            of: Any = attribute.field
            related = of.model if attribute.reverse else of.related_model
            way = key = of.name if attribute.reverse else of.related_query_name()
        elif isinstance(attribute, ReverseManyToOneDescriptor) and attribute.field.target_field.primary_key:
            related, way, key = attribute.rel.related_model, attribute.field.name, attribute.field.attname
        if related is None or related is not model_of(kind):
            raise Surprise
        return Many(at, self.reader(kind, details, key), way)

    def _field(self, writer: RowWriter, parent: GraphQLObjectType, details: Any) -> str:
        if details[0].node.name.value == "__typename":
            return repr(parent.name)
        found, definition = self.plans.plain(parent, details)
        if definition.python_name == "_id":
            return writer.global_id(parent.name, writer.column(writer.model._meta.pk.attname))
        if not isinstance(definition, StrawberryDjangoField):
            raise Surprise
        if definition.base_resolver is not None:
            return self._resolved(writer, found, definition, details)
        name = definition.django_name or definition.python_name
        attribute = getattr(writer.model, name, None)
        if type(attribute) is DeferredAttribute:
            value: str = self.plans.completed(writer, found.type, writer.column(attribute.field.attname), details)
            return value
        if isinstance(attribute, ForwardManyToOneDescriptor):
            return self._one(writer, attribute.field, found, details)
        many = self.many(writer.place(writer.model._meta.pk.attname), writer.model, name, found.type, details)
        return f"{writer.relation(many)}.get({writer.column(writer.model._meta.pk.attname)}, [])"

    def _resolved(self, writer: RowWriter, found: GraphQLField, definition: Any, details: Any) -> str:
        needed = definition.store
        brought = {path.rpartition("__")[0] for path in needed.only}
        if needed.prefetch_related or needed.annotate or set(needed.select_related) - brought:
            raise Surprise
        value = writer.resolved(definition.base_resolver, writer.object(needed.only))
        result: str = self.plans.completed(writer, found.type, value, details)
        return result

    def _one(self, writer: RowWriter, key: Any, found: GraphQLField, details: Any) -> str:
        kind = get_nullable_type(found.type)
        if not isinstance(kind, GraphQLObjectType) or model_of(kind) is not key.related_model:
            raise Surprise
        if not key.target_field.primary_key:
            raise Surprise
        at = writer.place(key.attname)
        result = f"r{len(writer.lines)}"
        writer.lines.append(f"{result} = {writer.relation(One(at, self.reader(kind, details)))}.get(row[{at}])")
        if isinstance(found.type, GraphQLNonNull):
            writer.lines.append(f"if {result} is None: raise Surprise")
        return result


def _is_plain(model: type[Model]) -> bool:
    """Whether its objects are made as Django makes them, and its rows are narrowed or everybody's."""
    if model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__:  # type: ignore[attr-defined]
        return False
    return model in PUBLIC or isinstance(model._default_manager.all(), EntityQuerySet)
