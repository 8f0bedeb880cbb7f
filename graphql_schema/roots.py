"""Which fields stand at the root of an operation, however they are wrapped."""

from collections import Counter
from collections.abc import Mapping

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode


def root_fields(selection: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Counter[str]:
    """How often each stands there with fragments written out. A fragment is read once: doubling and circles cost nothing."""
    read: dict[str, Counter[str]] = {}

    def inside(selection: SelectionSetNode) -> Counter[str]:
        names: Counter[str] = Counter()
        for node in selection.selections:
            if isinstance(node, FieldNode):
                names[node.name.value] += 1
            elif isinstance(node, InlineFragmentNode):
                names.update(inside(node.selection_set))
            elif isinstance(node, FragmentSpreadNode):
                names.update(spread(node.name.value))
        return names

    def spread(name: str) -> Counter[str]:
        if name not in read:
            read[name] = Counter()  # a circle adds nothing; validation refuses it
            if name in fragments:
                read[name] = inside(fragments[name].selection_set)
        return read[name]

    return inside(selection)
