"""How generated Python is written down."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from graphql import GraphQLObjectType


class Surprise(Exception):
    """Something is not as plain as it looked: graphql-core has to look."""


@dataclass
class Writer:
    """Collects the lines of one function, and the objects they name."""

    arguments = "source, context"
    lines: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: {"Surprise": Surprise})

    def name(self, thing: Any) -> str:
        name = f"n{len(self.names)}"
        self.names[name] = thing
        return name

    def resolved(self, resolver: Any, source: str) -> str:
        """The name of what a resolver gives that needs nothing but the object."""
        if resolver.info_parameter or resolver.arguments or not resolver.self_parameter or resolver.is_async:
            raise Surprise
        value = f"v{len(self.lines)}"
        self.lines.append(f"{value} = {self.name(resolver.wrapped_func)}({source})")
        return value

    def global_id(self, kind: str, key: str) -> str:
        return f"{self.name(b64encode)}(({kind + ':'!r} + str({key})).encode()).decode()"

    def function(self, entries: list[str]) -> Callable[..., dict[str, Any]]:
        body = "\n    ".join([*self.lines, f"return {{{', '.join(entries)}}}"])
        exec(f"def complete({self.arguments}):\n    {body}", self.names)  # noqa: S102 (of our own schema's names only)
        complete: Callable[..., dict[str, Any]] = self.names["complete"]
        return complete


def model_of(kind: GraphQLObjectType) -> type[Model] | None:
    """The model whose rows are of this type."""
    origin = getattr(kind.extensions.get("strawberry-definition"), "origin", None)
    definition = getattr(origin, "__strawberry_django_definition__", None)
    return definition.model if definition else None
