"""Names of fields in the API, worked out once: for every selected field the optimizer compares those of all its type's."""

from functools import cache
from typing import Any

from strawberry.schema.name_converter import NameConverter
from strawberry.utils.str_converters import to_camel_case

_in_camel_case = cache(to_camel_case)


class Names(NameConverter):
    def get_graphql_name(self, obj: Any) -> str:
        given: str | None = obj.graphql_name
        return _in_camel_case(obj.python_name) if given is None else given
