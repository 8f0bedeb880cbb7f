"""Officers who have not given a second factor ask for nothing but the way to set one up."""

from collections.abc import Iterator

from graphql import FragmentDefinitionNode, OperationType, get_operation_ast
from strawberry.extensions import SchemaExtension

from backend.core.refusals import REFUSALS
from graphql_schema.errors import CodedError
from graphql_schema.roots import root_fields

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
            is_read = operation and operation.operation != OperationType.MUTATION
            if is_read and root_fields(operation.selection_set, fragments).keys() - OPEN:
                refused = CodedError(str(REFUSALS["second_factor_needed"]), "second_factor_needed")
                context.pre_execution_errors = [refused]
        yield
