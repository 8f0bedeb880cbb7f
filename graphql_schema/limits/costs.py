"""What an operation costs with its variables: one for each object that its answer may hold."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_list_type,
)
from graphql import value_from_ast_untyped as plain

from graphql_schema.limits.sizes import PAGE_LIMIT

MUTATION, COUNT, SCHEMA = 10, 10, 500  # a mutation; counting a list, up to 1,001 rows; reading the whole schema
LISTED = 10  # what a list without pages usually holds at most
LISTS = {  # those that hold more
    "Project.versions": 50,
    "Page.versions": 50,
    "Page.chosen": 30,
    "Query.countries": 60,
    "Query.agencies": 60,
    "Query.partnerships": 100,
    "Statistics.counts": 50,
    "Publication.counts": 50,
    "Statistics.tables": 20,
    "Publication.tables": 20,
    "FigureTable.rows": 60,
    "Vocabulary.subjects": 60,
    "Vocabulary.languages": 60,
    "Workspace.search": 50,
    "WorkspaceEvents.events": 100,
    "PresentNow.members": 50,
    "PupilCards.cards": 30,
    "OpenedReport.readings": 50,
}
CEILING = 10**9
HOLDERS = {dict, list}


def cost_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> int:
    """The cost of an operation that is valid."""
    return Reckoning(schema, document, operation, variables).total()


def objects_in(data: Any) -> int:
    """The objects that an answer holds."""
    found, level = 0, [[data]]
    while level:
        value: Any = level.pop()
        if value.__class__ is dict:
            found += 1
            value = value.values()
        level += [each for each in value if each.__class__ in HOLDERS]
    return max(found - 1, 0)  # without the answer itself


class Reckoning:
    """One pass over an operation. Each fragment is reckoned once for each type."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        given: Mapping[str, Any],
    ) -> None:
        self.schema, self.operation = schema, operation
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.spreads: dict[tuple[str, str], int] = {}
        self.variables = {
            definition.variable.name.value: plain(definition.default_value)
            for definition in operation.variable_definitions or ()
            if definition.default_value
        }
        self.variables.update(given)

    def total(self) -> int:
        root = self.schema.get_root_type(self.operation.operation)
        assert root
        cost = self.selection(root, self.operation.selection_set)
        if self.operation.operation == OperationType.MUTATION:
            fields = self._flat(root, self.operation.selection_set)
            cost += sum(MUTATION + _entries(self._arguments(field)) for field in fields)
        return min(cost, CEILING)

    def selection(self, parent: GraphQLNamedType, selection: SelectionSetNode | None) -> int:
        """Fields of all, and of the types it may be, the dearest."""
        shared, apart = 0, {}
        for node in selection.selections if selection else ():
            if isinstance(node, FieldNode):
                shared += self.field(parent, node)
                continue
            condition, cost = self.spread(parent, node)
            if is_abstract_type(parent) and not is_abstract_type(condition):
                apart[condition.name] = apart.get(condition.name, 0) + cost
            else:
                shared += cost
        return min(shared + max(apart.values(), default=0), CEILING)

    def spread(
        self, parent: GraphQLNamedType, node: FragmentSpreadNode | InlineFragmentNode
    ) -> tuple[GraphQLNamedType, int]:
        if isinstance(node, InlineFragmentNode):
            condition = self._type(node.type_condition, parent)
            return condition, self.selection(condition, node.selection_set)
        fragment = self.fragments[node.name.value]
        condition = self._type(fragment.type_condition, parent)
        key = (node.name.value, condition.name)
        if key not in self.spreads:
            self.spreads[key] = self.selection(condition, fragment.selection_set)
        return condition, self.spreads[key]

    def field(self, parent: GraphQLNamedType, node: FieldNode) -> int:
        name = node.name.value
        if name.startswith("__"):
            return SCHEMA if name == "__schema" else 0 if name == "__typename" else SCHEMA // 10
        definition = self.schema.get_field(parent, name)
        assert definition
        of = get_named_type(definition.type)
        if not is_composite_type(of):
            return COUNT if name == "totalCount" else 0
        if of.name.endswith("Connection"):
            return self.page(of, node)
        inner = 1 + self.selection(of, node.selection_set)
        return inner * self._length(parent, node) if is_list_type(get_nullable_type(definition.type)) else inner

    def page(self, connection: GraphQLNamedType, node: FieldNode) -> int:
        """A connection: its rows are read whether they are shown or not."""
        rows = self._rows(node)
        edge = get_named_type(connection.fields["edges"].type)
        shown = beside = 0
        for each in self._flat(connection, node.selection_set):
            if each.name.value == "edges":
                shown += 1 + self.selection(edge, each.selection_set)
            else:
                beside += self.field(connection, each)
        return 1 + beside + rows * max(shown, 1)

    def _flat(self, parent: GraphQLNamedType, selection: SelectionSetNode | None) -> list[FieldNode]:
        fields: list[FieldNode] = []
        for node in selection.selections if selection else ():
            if isinstance(node, FieldNode):
                fields.append(node)
            else:
                inside = node if isinstance(node, InlineFragmentNode) else self.fragments[node.name.value]
                fields += self._flat(parent, inside.selection_set)
        return fields

    def _arguments(self, node: FieldNode) -> dict[str, Any]:
        return {each.name.value: plain(each.value, self.variables) for each in node.arguments or ()}

    def _rows(self, node: FieldNode) -> int:
        given = self._arguments(node)
        rows = [each for each in (given.get("first"), given.get("last")) if isinstance(each, int)]
        return min(max(0, *rows, 0), PAGE_LIMIT)

    def _length(self, parent: GraphQLNamedType, node: FieldNode) -> int:
        ids = self._arguments(node).get("ids")
        return len(ids) if isinstance(ids, list) else LISTS.get(f"{parent.name}.{node.name.value}", LISTED)

    def _type(self, condition: Any, otherwise: GraphQLNamedType) -> Any:
        return self.schema.get_type(condition.name.value) if condition else otherwise


def _entries(value: Any) -> int:
    """How many entries the lists of an input have: each is looked up."""
    if isinstance(value, list):
        return len(value) + sum(_entries(each) for each in value)
    return sum(_entries(each) for each in value.values()) if isinstance(value, Mapping) else 0
