"""docs/features.md names every operation there is, and none that there is not."""

import re
from pathlib import Path

from graphql import is_object_type

from graphql_schema.schema import schema

TABLE = (Path(__file__).resolve().parents[2] / "docs/features.md").read_text()
NAMED = set(re.findall(r"`([A-Za-z.]+)`", TABLE))
TYPES = schema._schema.type_map
ROOTS = ("Query", "Mutation", "Subscription")


def test_every_operation_serves_a_feature() -> None:
    operations = {name for root in ROOTS for name in TYPES[root].fields}  # type: ignore[union-attr]
    assert operations - NAMED == set()
    assert {name for name in NAMED if "." not in name and name[0].islower()} == operations


def test_fields_are_there() -> None:
    for type_name, field in (name.split(".") for name in NAMED if "." in name and name != "Type.field"):
        found = TYPES[type_name]
        assert is_object_type(found), type_name
        assert field in found.fields, f"{type_name}.{field}"
