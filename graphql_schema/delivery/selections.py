"""What a subscriber asked for, executed once for everybody who would get the same bytes."""

import json
from collections.abc import Hashable
from functools import cached_property
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import translation
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    MiddlewareManager,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    execute,
    visit,
)

from graphql_schema.errors import mask
from graphql_schema.guard import Guard
from graphql_schema.viewer import Context, Info


class Selection:
    """A document with its variables and the language of its reader."""

    def __init__(self, info: Info) -> None:
        raw = info._raw_info
        self.schema = raw.schema
        self.document = DocumentNode(definitions=(raw.operation, *raw.fragments.values()))
        self.variables = {
            definition.variable.name.value: raw.variable_values[definition.variable.name.value]
            for definition in raw.operation.variable_definitions or ()
            if definition.variable.name.value in raw.variable_values
        }
        self.text = raw.operation.loc.source.body if raw.operation.loc else ""
        self.name = raw.operation.name.value if raw.operation.name else ""
        self.context: Context = info.context
        self.language = info.context.language

    @cached_property
    def is_per_viewer(self) -> bool:
        """Whether a field was selected whose answer depends on who asks."""
        seen = PerViewer(types := TypeInfo(self.schema))
        visit(self.document, TypeInfoVisitor(types, seen))
        return seen.found

    def group(self, rights: Hashable) -> Hashable:
        """Equal for subscribers who get the same bytes."""
        shared = {name: value for name, value in self.variables.items() if name not in self.cursors}
        variables = json.dumps(shared, sort_keys=True, default=str)
        viewer = self.context.viewer.pk if self.is_per_viewer and self.context.viewer else None
        return (self.text, self.name, variables, self.language, rights, viewer)

    @cached_property
    def cursors(self) -> set[str]:
        """The variables that only say where to start: they do not change what is sent."""
        (field,) = list(self.document.definitions[0].selection_set.selections)  # type: ignore[union-attr]
        return {
            argument.value.name.value
            for argument in getattr(field, "arguments", ())
            if argument.name.value == "after" and hasattr(argument.value, "name")
        }

    def serialise(self, update: Any) -> str:
        """The payload of a `next` message for one update. Called in a database thread. Raises the error of a
        database that is away: what it took with it is no answer, and the update is to be tried again."""
        context = Context(viewer=self.context.viewer, proof=self.context.proof, language=self.language)
        with translation.override(self.language):
            result = execute(
                self.schema,
                self.document,
                root_value=update,
                context_value=context,
                variable_values=self.variables,
                middleware=MiddlewareManager(Guard(execution_context=None).resolve),  # type: ignore[arg-type]
            )
        assert isinstance(result, ExecutionResult), "what a subscription selects is resolved without awaiting"
        for error in result.errors or ():
            if isinstance(error.original_error, OperationalError | InterfaceError):
                raise error.original_error
        return json.dumps(mask(result).formatted, separators=(",", ":"), ensure_ascii=False)


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
