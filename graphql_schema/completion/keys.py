"""Keys from row to row, which go round every queryset: what hangs on them is loaded through `for_viewer` too."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor, ReverseOneToOneDescriptor
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, OperationType
from strawberry_django.fields.field import StrawberryDjangoField

from backend.core.kept.statements import row_of
from backend.core.models import EntityQuerySet
from graphql_schema.completion.writing import model_of
from graphql_schema.guard import is_marked
from graphql_schema.lookup import visible
from graphql_schema.viewer import viewer_of


def narrow_keys(schema: GraphQLSchema) -> None:
    """Every field that follows a key by itself narrows what it finds."""
    for kind in schema.type_map.values():
        model = model_of(kind) if isinstance(kind, GraphQLObjectType) else None
        for field in kind.fields.values() if model else ():
            if lookup := _lookup(model, field):
                field.resolve = _narrowed(field.resolve, *lookup)


def _lookup(
    model: Any, field: GraphQLField
) -> tuple[Any, Callable[[Any], bool], Callable[[Any], dict[str, Any]]] | None:
    """Where the field's rows come from, whether one was loaded with its owner, and how else it is found."""
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryDjangoField) or definition.base_resolver is not None:
        return None
    attribute = getattr(model, definition.django_name or definition.python_name, None)
    if isinstance(attribute, ForwardManyToOneDescriptor):
        key: Any = attribute.field
        found = (key.related_model, key.is_cached, lambda row: {key.target_field.attname: getattr(row, key.attname)})
    elif isinstance(attribute, ReverseOneToOneDescriptor):
        back: Any = attribute.related
        found = (back.related_model, back.is_cached, lambda row: {back.field.name: row.pk})
    else:
        return None
    return found if isinstance(found[0]._default_manager.all(), EntityQuerySet) else None


def _narrowed(resolve: Any, model: Any, is_loaded: Callable[[Any], bool], way: Callable[[Any], dict[str, Any]]) -> Any:
    """Rows that were loaded along carry their viewer's mark; any other is looked up among what the viewer may see."""

    def resolved(source: Any, info: Any, **given: Any) -> Any:
        if is_loaded(source):
            row = resolve(source, info, **given)
            if row is None or is_marked(row, viewer_of(info)):
                return row
            found: dict[str, Any] = {"pk": row.pk}
        else:
            found = way(source)
        if None in found.values():
            return None
        ask = partial(row_of, visible(model, *found), viewer_of(info), *found.values())
        if info.operation.operation is OperationType.MUTATION:  # the next one may change it
            return ask()
        return info.context.once(("by key", model, *found.items()), ask)

    return resolved
