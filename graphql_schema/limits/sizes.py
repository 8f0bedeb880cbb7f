"""How large a document is with every fragment written out, found in one pass before validation."""

from collections import Counter
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
)

from graphql_schema.errors import CodedError
from graphql_schema.roots import root_fields

BYTES, TOKENS, DEPTH, ALIASES, DIRECTIVES, FIELDS, ROOT_MUTATIONS = 65_536, 2_000, 12, 30, 20, 2_000, 5
INTROSPECTION, INTROSPECTION_DEPTH = 1, 20  # the usual question of tools is 14 deep
LIST = 250
ALONE = frozenset(  # one such field in a document: each costs a hash of a password, or writes a letter
    {
        "login",
        "pupilLogin",
        "registerTeacher",
        "confirmEmail",
        "requestPasswordReset",
        "resetPassword",
        "changePassword",
    }
)
PAGE_LIMIT = 100
BOUND = FIELDS * 10  # where sums stop growing: fragments that double would grow for ever


@dataclass(frozen=True)
class Size:
    """What a selection holds with every fragment written out; sums stop growing at BOUND."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    introspection: int = 0


LIMITS = {
    "depth": DEPTH,
    "aliases": ALIASES,
    "directives": DIRECTIVES,
    "fields": FIELDS,
    "introspection": INTROSPECTION,
}


def measure(document: DocumentNode) -> Size:
    """How much all operations hold together; raises CodedError for a document beyond the limits."""
    walk = Walk({d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)})
    fields = introspection = 0
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            size = walk.selection(operation.selection_set)
            fields, introspection = fields + size.fields, introspection + size.introspection
            _check(size)
            if operation.operation == OperationType.MUTATION:
                _check_mutation(root_fields(operation.selection_set, walk.fragments))
    _check(Size(fields=fields))
    if walk.longest > LIST:
        raise CodedError(f"A list has at most {LIST} entries.", "LIST_TOO_LONG", limit=LIST)
    return Size(fields=fields, introspection=introspection)


def _check(size: Size) -> None:
    for name, limit in LIMITS.items():
        if getattr(size, name) > limit:
            raise CodedError(f"This document has too many {name}.", f"TOO_MANY_{name.upper()}", limit=limit)


def _check_mutation(names: Counter[str]) -> None:
    if names.total() > ROOT_MUTATIONS or (names.total() > 1 and ALONE.intersection(names)):
        raise CodedError("Too many mutations in one document.", "TOO_MANY_MUTATIONS", limit=ROOT_MUTATIONS)


class Walk:
    """Sizes of selections; each fragment is measured once, so doubling fragments cost nothing."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.sizes: dict[str, Size] = {}
        self.longest = 0  # of the lists written in the document

    def selection(self, selection: SelectionSetNode | None) -> Size:
        depth = aliases = directives = fields = introspection = 0
        for node in selection.selections if selection else ():
            directives += len(node.directives or ())
            if isinstance(node, FieldNode) and node.selection_set is None:  # most are; no object for each
                fields, aliases, depth = fields + 1, aliases + bool(node.alias), max(depth, 1)
                self.arguments(node)
                continue
            size = self.inside(node)
            depth, aliases, fields = max(depth, size.depth), aliases + size.aliases, fields + size.fields
            directives, introspection = directives + size.directives, introspection + size.introspection
        return Size(depth, *(min(each, BOUND) for each in (aliases, directives, fields, introspection)))

    def inside(self, node: SelectionNode) -> Size:
        if isinstance(node, FieldNode):
            self.arguments(node)
            return self.field(node)
        if isinstance(node, FragmentSpreadNode):
            return self.fragment(node.name.value)
        assert isinstance(node, InlineFragmentNode)
        return self.selection(node.selection_set)

    def field(self, node: FieldNode) -> Size:
        inner = self.selection(node.selection_set)
        aliases, fields = inner.aliases + bool(node.alias), inner.fields + 1
        if node.name.value in ("__schema", "__type"):  # tools look deep into the schema, and it has an end
            depth = 1 if inner.depth <= INTROSPECTION_DEPTH else inner.depth
            return Size(depth, aliases, inner.directives, fields, inner.introspection + 1)
        return Size(inner.depth + 1, aliases, inner.directives, fields, inner.introspection)

    def arguments(self, node: FieldNode) -> None:
        for argument in node.arguments or ():
            self.value(argument.value)

    def value(self, value: ValueNode) -> None:
        if isinstance(value, ListValueNode):
            self.longest = max(self.longest, len(value.values))
            for each in value.values:
                self.value(each)
        elif isinstance(value, ObjectValueNode):
            for field in value.fields:
                self.value(field.value)

    def fragment(self, name: str) -> Size:
        if name not in self.sizes:
            self.sizes[name] = Size()  # a circle costs nothing; validation refuses it
            definition = self.fragments.get(name)
            if definition:
                self.sizes[name] = self.selection(definition.selection_set)
        return self.sizes[name]
