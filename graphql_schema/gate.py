"""Officers who have not given a second factor ask for nothing but the way to set one up."""

from collections.abc import Iterator

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
)
from strawberry.extensions import SchemaExtension

from backend.core.refusals import REFUSALS
from graphql_schema.errors import CodedError

OPEN = frozenset({"viewer", "__typename", "__schema", "__type"})


class Gate(SchemaExtension):
    """Queries and subscriptions are refused before they are validated; mutations refuse by `actor_of`, as data."""

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        viewer = getattr(context.context, "viewer", None)
        if viewer and viewer.needs_second_factor and context.graphql_document:
            operation = get_operation_ast(context.graphql_document, context.operation_name)
            fragments = {
                each.name.value: each
                for each in context.graphql_document.definitions
                if isinstance(each, FragmentDefinitionNode)
            }
            if operation and operation.operation != OperationType.MUTATION:
                asked = root_fields(operation.selection_set, fragments, set())
                if asked - OPEN:
                    refused = CodedError(str(REFUSALS["second_factor_needed"]), "second_factor_needed")
                    context.pre_execution_errors = [refused]
        yield


def root_fields(selection: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], seen: set[str]) -> set[str]:
    """The names of an operation's fields, fragments written out."""
    names: set[str] = set()
    for node in selection.selections:
        if isinstance(node, FieldNode):
            names.add(node.name.value)
        elif isinstance(node, InlineFragmentNode):
            names |= root_fields(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            fragment = fragments.get(node.name.value)
            if fragment:
                names |= root_fields(fragment.selection_set, fragments, seen)
    return names
