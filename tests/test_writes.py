"""The write matrix: every mutation × everybody × what is their own country's, another's and nobody's.

Everybody gets what the tables in tests/permissions say. Nobody changes rows of other models than tests/permissions/writes.toml says, and nobody who is refused changes any. A
thing that somebody does not see gets the very answer of one that does not exist, after as many queries and as much time.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from graphql_schema.schema import schema
from tests.permissions.tools.tries import TABLE, Tries, worlds
from tests.permissions.world import World
from tests.support.trial import undone

pytestmark = pytest.mark.django_db
LIKENESS = 1.5  # how much longer the one kind of refusals may take, all together


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    with django_db_blocker.unblock(), worlds() as built:
        yield built


@pytest.fixture(scope="module")
def spent() -> Iterator[dict[str, float]]:
    """The CPU time of all refusals, which is steadier than that of one."""
    total = {"hidden": 0.0, "absent": 0.0}
    yield total
    assert max(total["hidden"], total["absent"]) <= LIKENESS * min(total["hidden"], total["absent"]), total


@pytest.mark.parametrize("key", list(TABLE))
def test_what_is_written_and_told(
    key: str, both: tuple[World, World], spent: dict[str, float], record_property: Callable[[str, Any], None]
) -> None:
    with undone():
        tries = Tries(key, both)
        problems = list(tries.problems())
    assert not problems, "\n".join(["", *problems])
    for kind, seconds in tries.spent.items():
        spent[kind] += seconds
    record_property("tries of mutations", tries.count)
    record_property("hidden things compared with absent ones", tries.hidden)


def test_every_id_is_tried(both: tuple[World, World]) -> None:
    """Each field of an input that takes an id stands in some row with one."""
    tried: set[str] = set()
    with undone():
        for key in TABLE:
            with undone():
                tried |= {f"{key.partition(' ')[0]}.{path}" for path in paths(Tries(key, both).own)}
    asked = {
        f"{mutation}.{path}"
        for mutation, field in schema._schema.mutation_type.fields.items()  # type: ignore[union-attr]
        for argument in field.args.values()
        for path in id_paths(get_named_type(argument.type))
    }
    assert asked - tried == set()


def id_paths(kind: Any) -> Iterator[str]:
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if inner.name == "ID":
            yield name
        elif isinstance(inner, GraphQLInputObjectType):
            yield from (f"{name}.{path}" for path in id_paths(inner))


def paths(given: dict[str, Any]) -> Iterator[str]:
    for name, value in given.items():
        yield name
        if isinstance(value, dict):
            yield from (f"{name}.{path}" for path in paths(value))
