"""What a subscriber asked for, executed once for everybody who would get the same bytes."""

import json
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import translation
from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLSchema,
    MiddlewareManager,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    execute,
    get_operation_ast,
    visit,
)

from backend.core.deadline import is_timeout, within_time
from graphql_schema.errors import mask
from graphql_schema.guard import Guard
from graphql_schema.limits import parsed
from graphql_schema.viewer import Context, Info

GUARD = MiddlewareManager(Guard(execution_context=None).resolve)  # type: ignore[arg-type]


class Selection:
    """A document with its variables and the language of its reader."""

    def __init__(self, info: Info) -> None:
        raw = info._raw_info
        assert raw.operation.loc
        self.schema = raw.schema
        self.document = parsed(raw.operation.loc.source.body)  # not this reader's own copy: there may be thousands
        self.name = raw.operation.name.value if raw.operation.name else ""
        self.variables = {
            definition.variable.name.value: raw.variable_values[definition.variable.name.value]
            for definition in raw.operation.variable_definitions or ()
            if definition.variable.name.value in raw.variable_values
        }
        self.context: Context = info.context
        self.language = info.context.language
        text = raw.operation.loc.source.body
        per_viewer = _is_per_viewer(text, self.schema)
        shared = {name: value for name, value in self.variables.items() if name not in _cursors(text, self.name)}
        viewer = (self.context.viewer.pk, self.context.proof) if per_viewer and self.context.viewer else None
        self._same = (text, self.name, json.dumps(shared, sort_keys=True, default=str), self.language, viewer)

    def group(self, rights: Hashable) -> Hashable:
        """Equal for subscribers who get the same bytes."""
        return (rights, self._same)

    def serialise(self, update: Any) -> str:
        """The payload of a `next` message for one update. Called in a database thread. Raises the error of a
        database that is away: what it took with it is no answer, and the update is to be tried again."""
        context = Context(viewer=self.context.viewer, proof=self.context.proof, language=self.language)
        with translation.override(self.language), within_time():
            result = execute(
                self.schema,
                self.document,
                root_value=update,
                context_value=context,
                variable_values=self.variables,
                operation_name=self.name or None,
                middleware=GUARD,
            )
        assert isinstance(result, ExecutionResult), "what a subscription selects is resolved without awaiting"
        for error in result.errors or ():
            is_away = isinstance(error.original_error, OperationalError | InterfaceError)
            if is_away and not is_timeout(error.original_error):
                raise error.original_error
        return json.dumps(mask(result).formatted, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=256)
def _is_per_viewer(text: str, schema: GraphQLSchema) -> bool:
    """Whether a field is selected whose answer depends on who asks."""
    seen = PerViewer(types := TypeInfo(schema))
    visit(parsed(text), TypeInfoVisitor(types, seen))
    return seen.found


@lru_cache(maxsize=256)
def _cursors(text: str, name: str) -> frozenset[str]:
    """The variables that only say where to start: they do not change what is sent."""
    operation = get_operation_ast(parsed(text), name or None)
    assert operation
    arguments = (
        argument for field in operation.selection_set.selections for argument in getattr(field, "arguments", ())
    )
    return frozenset(
        argument.value.name.value
        for argument in arguments
        if argument.name.value == "after" and hasattr(argument.value, "name")
    )


class PerViewer(Visitor):
    """Looks for fields marked `per_viewer`."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.found = types, False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        definition = self.types.get_field_def()
        strawberry_field = (definition.extensions or {}).get("strawberry-definition") if definition else None
        if strawberry_field is not None and (strawberry_field.metadata or {}).get("per_viewer"):
            self.found = True
