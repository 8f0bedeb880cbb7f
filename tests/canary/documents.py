"""Documents made from the schema: every field of a type, and of what it leads to."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

PAGE = "first: 100"
# Arguments of fields that need some; the world's ids come in as {names}.
ARGUMENTS = {"search": 'words: "c4n"'}
PLUMBING = ("pageInfo", "cursor")


class Documents:
    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema

    def of_type(self, name: str, depth: int) -> str:
        """A selection of everything on a type."""
        kind = self.schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        parts = [self.of_field(field, f, depth) for field, f in kind.fields.items()]
        return " ".join(["__typename", *filter(None, parts)])

    def of_field(self, name: str, field: GraphQLField, depth: int, arguments: str = "") -> str:
        kind = get_named_type(field.type)
        given = arguments or ARGUMENTS.get(name, PAGE if "first" in field.args else "")
        call = f"{name}({given})" if given else name
        if is_leaf_type(kind):
            return "" if _lacks(field) and not given else call
        if depth == 0:
            return ""
        return f"{call} {{ {self._inside(kind, depth)} }}"

    def _inside(self, kind: object, depth: int) -> str:
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            of_each = (self._aliased(each, depth - 1) for each in self.schema.get_possible_types(kind))
            return " ".join(["__typename", *of_each])
        assert isinstance(kind, GraphQLObjectType)
        if kind.name.endswith("Connection"):
            node = get_named_type(get_named_type(kind.fields["edges"].type).fields["node"].type)
            return f"totalCount edges {{ node {{ {self.of_type(node.name, depth - 1)} }} }}"
        return self.of_type(kind.name, depth - 1)

    def _aliased(self, kind: GraphQLObjectType, depth: int) -> str:
        """In a union the same field may have several types: each member's fields get names of their own."""
        fields = ((n, self.of_field(n, f, depth)) for n, f in kind.fields.items())
        return f"... on {kind.name} {{ {' '.join(f'{kind.name}__{n}: {text}' for n, text in fields if text)} }}"

    def roots(self) -> Iterator[tuple[str, GraphQLField]]:
        assert self.schema.query_type
        yield from self.schema.query_type.fields.items()


def _lacks(field: GraphQLField) -> bool:
    return any(isinstance(a.type, GraphQLNonNull) and a.default_value is None for a in field.args.values())


def pairs(schema: GraphQLSchema) -> set[str]:
    """Every (type, field) that something can leave by."""
    found = set()
    for kind in schema.type_map.values():
        plumbing = kind.name.startswith("__") or kind.name.endswith(("Connection", "Edge")) or kind.name in SKIPPED
        if isinstance(kind, GraphQLObjectType) and not plumbing:
            found |= {f"{kind.name}.{name}" for name in kind.fields}
    return found


def connections(schema: GraphQLSchema, depth: int) -> set[str]:
    """The fields with pages that so many steps from the root lead to."""
    found: set[str] = set()
    near: set[Any] = {schema.query_type}
    for _ in range(depth):
        fields = {f"{kind.name}.{name}": get_named_type(f.type) for kind in near for name, f in kind.fields.items()}
        found |= {pair for pair, kind in fields.items() if kind.name.endswith("Connection")}
        near = {each for kind in fields.values() for each in _behind(schema, kind)}
    return found


def _behind(schema: GraphQLSchema, kind: Any) -> Iterator[GraphQLObjectType]:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        yield from schema.get_possible_types(kind)
    elif isinstance(kind, GraphQLObjectType):
        is_paged = kind.name.endswith("Connection")
        yield get_named_type(get_named_type(kind.fields["edges"].type).fields["node"].type) if is_paged else kind


SKIPPED = {"PageInfo", "Mutation", "Subscription"}
