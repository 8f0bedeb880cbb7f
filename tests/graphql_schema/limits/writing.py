"""Queries written at random from the schema: pages, variables, fragments, aliases, lists of ids."""

import random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_enum_type,
    is_required_argument,
)

DEPTH = 7
PAGES = (1, 2, 3, 10, 50, 100)
START = [
    "teachers",
    "schools",
    "projects",
    "workspaces",
    "workspace",
    "project",
    "nodes",
    "node",
    "gallery",
    "countries",
]
LOOKED_FOR = {"String": "Rivers", "Int": 12, "Boolean": True, "Date": "2026-01-01", "DateTime": "2026-01-01T00:00:00Z"}


class Writer:
    """One query a call. The same seed writes the same queries."""

    def __init__(self, schema: GraphQLSchema, ids: dict[str, list[str]], seed: int) -> None:
        self.schema, self.ids, self.dice = schema, ids, random.Random(seed)
        self.all_ids = [each for some in ids.values() for each in some]

    def query(self) -> tuple[str, dict[str, Any]]:
        self.variables: dict[str, tuple[str, Any]] = {}
        self.fragments: list[str] = []
        self.left, self.aliases = 24, 24  # fields that are still to be written, and aliases
        root = self.schema.query_type
        assert root
        body = self.selection(root, 0, width=3)
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in self.variables.items())
        head = f"query Q({declared}) " if declared else ""
        values = {name: value for name, (_, value) in self.variables.items()}
        return " ".join([head + body, *self.fragments]), values

    def selection(self, parent: GraphQLNamedType, depth: int, width: int = 4) -> str:
        if is_abstract_type(parent):
            return self.choices(parent, depth)
        assert isinstance(parent, GraphQLObjectType)
        names = [name for name, field in parent.fields.items() if self.can_write(field, depth)]
        chosen = [name for name in ("edges", "node", "events") if name in names and depth and self.dice.random() < 0.95]
        deep = [name for name in names if is_composite_type(get_named_type(parent.fields[name].type))]
        some = self.dice.sample(names, min(len(names), self.dice.randint(1, width)))
        some += self.dice.sample(deep, min(len(deep), 2))
        if depth == 0:
            some = self.dice.sample(START, 3) + some[:1]
        written = [
            self.field(name, parent.fields[name], depth) for name in dict.fromkeys(chosen + some) if self.left > 0
        ]
        return self.wrapped(parent, "{ __typename " + " ".join(written) + " }")

    def choices(self, parent: GraphQLNamedType, depth: int) -> str:
        kinds = list(self.schema.get_possible_types(parent))  # type: ignore[arg-type]
        there = [kind for kind in kinds if kind.name in self.ids] or kinds
        some = self.dice.sample(there, min(len(there), 6))
        inside = " ".join(f"... on {kind.name} {self.selection(kind, depth, 2)}" for kind in some)
        return "{ __typename " + inside + " }"

    def wrapped(self, parent: GraphQLNamedType, selection: str) -> str:
        """Now and then as a fragment, named or not."""
        how = self.dice.random()
        if how < 0.1:
            return "{ ... on " + parent.name + " " + selection + " }"
        if how < 0.2:
            name = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {parent.name} {selection}")
            return "{ ..." + name + " }"
        return selection

    def can_write(self, field: GraphQLField, depth: int) -> bool:
        required = [a for a in field.args.values() if is_required_argument(a)]
        known = all(self.is_known(get_named_type(a.type)) for a in required)
        return known and (depth < DEPTH or not is_composite_type(get_named_type(field.type)))

    def is_known(self, kind: GraphQLNamedType) -> bool:
        return kind.name in LOOKED_FOR or kind.name == "ID" or is_enum_type(kind)

    def field(self, name: str, field: GraphQLField, depth: int) -> str:
        self.left -= 1
        given = [f"{argument}: {self.value(argument, field)}" for argument in field.args if self.wants(argument, field)]
        text = name + (f"({', '.join(given)})" if given else "")
        if (given or self.dice.random() < 0.1) and self.aliases:
            self.aliases -= 1
            text = f"a{self.aliases}: {text}"  # the same field with other arguments would be a conflict
        named = get_named_type(field.type)
        return f"{text} {self.selection(named, depth + 1)}" if is_composite_type(named) else text

    def wants(self, argument: str, field: GraphQLField) -> bool:
        if {"first", "last"} <= set(field.args):
            if argument == "last":
                return False
            if argument == "first":
                return True
        return is_required_argument(field.args[argument])

    def value(self, argument: str, field: GraphQLField) -> str:
        kind = field.args[argument].type
        named = get_named_type(kind)
        value: Any
        if argument == "first":
            value = self.dice.choice(PAGES)
        elif argument == "ids":
            value = self.dice.sample(self.all_ids, self.dice.randint(1, len(self.all_ids)))
        elif named.name == "ID":
            value = self.dice.choice(self.ids.get(get_named_type(field.type).name, self.all_ids))
        elif is_enum_type(named):
            value = self.dice.choice(list(named.values))
        else:
            value = LOOKED_FOR[named.name]
        name = f"v{len(self.variables)}"
        self.variables[name] = (str(kind), value)
        return f"${name}"
