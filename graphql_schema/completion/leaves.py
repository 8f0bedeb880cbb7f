"""Scalars and enums as they are answered."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType

from graphql_schema.completion.writing import Surprise, Writer

PLAIN = {"String": str, "Boolean": bool}  # values of these classes are answered as they are


def leaf(writer: Writer, type_: Any, value: str) -> str:
    """An expression for the answer."""
    coerce = type_.coerce_output_value
    if type_.name in PLAIN:
        return f"({value} if {value}.__class__ is {writer.name(PLAIN[type_.name])} else {writer.name(checked(coerce))}({value}))"
    if isinstance(type_, GraphQLEnumType):
        return f"{writer.name(Known(coerce))}[{value}]"
    return f"{writer.name(checked(coerce))}({value})"


def checked(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def coerced(value: Any) -> Any:
        answer = coerce(value)
        if answer is None or value is None:
            raise Surprise
        return answer

    return coerced


class Known(dict[Any, Any]):
    """Names of an enum's values, each found out once."""

    def __init__(self, coerce: Callable[[Any], Any]) -> None:
        self.coerce = checked(coerce)

    def __missing__(self, value: Any) -> Any:
        self[value] = answer = self.coerce(value)
        return answer
