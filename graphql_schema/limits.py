"""How much a document may ask for, found out in one pass before validation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)
from strawberry.extensions import SchemaExtension

from graphql_schema.errors import CodedError

BYTES, TOKENS, DEPTH, ALIASES, DIRECTIVES, FIELDS, ROOT_MUTATIONS = 65_536, 2_000, 12, 30, 20, 2_000, 5
ALONE = frozenset({"login", "pupilLogin", "registerTeacher"})  # one such field in a document
PAGE_LIMIT = 100


@dataclass(frozen=True)
class Size:
    """What a selection costs with every fragment written out; sums stop growing at a bound."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0

    def beside(self, other: "Size") -> "Size":
        bound = FIELDS * 10
        return Size(
            max(self.depth, other.depth),
            min(self.aliases + other.aliases, bound),
            min(self.directives + other.directives, bound),
            min(self.fields + other.fields, bound),
        )


class Limits(SchemaExtension):
    """Refuses oversized documents before anything expensive looks at them."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.graphql_document is None and context.query is not None:
            context.graphql_document = parsed(context.query)
        yield


@lru_cache(maxsize=256)
def parsed(query: str) -> DocumentNode:
    """The document, if it is within the limits; one in memory for all who send the same text."""
    if len(query.encode()) > BYTES:
        raise CodedError("This document is too large.", "DOCUMENT_TOO_LARGE", limit=BYTES)
    document = parse(query, max_tokens=TOKENS)
    check(document)
    return document


def check(document: DocumentNode) -> None:
    """Raises CodedError for a document beyond the limits."""
    walk = Walk({d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)})
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            size = walk.selection(operation.selection_set)
            limits = (("depth", DEPTH), ("aliases", ALIASES), ("directives", DIRECTIVES), ("fields", FIELDS))
            for name, limit in limits:
                if getattr(size, name) > limit:
                    raise CodedError(f"This document has too many {name}.", f"TOO_MANY_{name.upper()}", limit=limit)
            if operation.operation == OperationType.MUTATION:
                _check_mutation(walk.root_fields(operation.selection_set, frozenset()))


def _check_mutation(names: list[str]) -> None:
    if len(names) > ROOT_MUTATIONS or (len(names) > 1 and ALONE.intersection(names)):
        raise CodedError("Too many mutations in one document.", "TOO_MANY_MUTATIONS", limit=ROOT_MUTATIONS)


class Walk:
    """Sizes of selections; each fragment is measured once, so doubling fragments cost nothing."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.sizes: dict[str, Size] = {}

    def selection(self, selection: SelectionSetNode | None) -> Size:
        total = Size()
        for node in selection.selections if selection else ():
            own = Size(directives=len(node.directives or ()))
            if isinstance(node, FieldNode):
                inner = self.selection(node.selection_set)
                size = Size(inner.depth + 1, inner.aliases + bool(node.alias), inner.directives, inner.fields + 1)
            elif isinstance(node, FragmentSpreadNode):
                size = self.fragment(node.name.value)
            else:
                assert isinstance(node, InlineFragmentNode)
                size = self.selection(node.selection_set)
            total = total.beside(own).beside(size)
        return total

    def fragment(self, name: str) -> Size:
        if name not in self.sizes:
            self.sizes[name] = Size()  # a circle costs nothing; validation refuses it
            definition = self.fragments.get(name)
            if definition:
                self.sizes[name] = self.selection(definition.selection_set)
        return self.sizes[name]

    def root_fields(self, selection: SelectionSetNode, seen: frozenset[str]) -> list[str]:
        names: list[str] = []
        for node in selection.selections:
            if isinstance(node, FieldNode):
                names.append(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                names += self.root_fields(node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                fragment = self.fragments.get(node.name.value)
                if fragment:
                    names += self.root_fields(fragment.selection_set, seen | {node.name.value})
            if len(names) > ROOT_MUTATIONS:
                return names
        return names
