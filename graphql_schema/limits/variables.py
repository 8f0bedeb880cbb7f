"""How much a client may send as variables."""

from collections.abc import Mapping
from typing import Any

from graphql_schema.errors import CodedError
from graphql_schema.limits.sizes import LIST

BYTES, DEPTH, VALUES = 262_144, 32, 10_000


def check_variables(variables: Any) -> None:
    """Raises CodedError for variables beyond the limits; looks at each value once, and stops at the first too many."""
    size = values = 0
    level: list[Any] = [variables]
    for _ in range(DEPTH + 1):
        below: list[Any] = []
        for value in level:
            size += _own_size(value)
            values += 1
            if size > BYTES or values > VALUES:
                raise CodedError("The variables are too large.", "VARIABLES_TOO_LARGE", limit=BYTES)
            below += _inside(value)
        if not below:
            return
        level = below
    raise CodedError(f"The variables are nested deeper than {DEPTH}.", "VARIABLES_TOO_DEEP", limit=DEPTH)


def _own_size(value: Any) -> int:
    if isinstance(value, str):
        return len(value.encode(errors="surrogatepass")) + 3
    if isinstance(value, Mapping):
        return sum(len(str(name)) + 4 for name in value) + 2
    return 2 if isinstance(value, list) else 5


def _inside(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list):
        if len(value) > LIST:
            raise CodedError(f"A list has at most {LIST} entries.", "LIST_TOO_LONG", limit=LIST)
        return value
    return []
