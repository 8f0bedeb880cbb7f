"""The marked world, and what its actors read of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.apps import apps

from graphql_schema.guard import Guard
from graphql_schema.schema import NODES
from tests.canary.ground.places import Places, all_places, some_of_each
from tests.canary.ground.world import ACTORS, World
from tests.canary.marks import Marks
from tests.canary.policy import Comparison, Policy
from tests.canary.reading import DEPTH, Reader, Readings, calls, schema_with

POLICY = Policy()


class Canary:
    def __init__(self) -> None:
        self.world = World()
        self.marks = Marks()
        self.places = all_places(self.world)
        self.calls = calls(self.world)
        self.things = some_of_each(self.places)

    @cached_property
    def whole(self) -> Comparison:
        """Everything, behind all walls."""
        return self.read(Guard)

    def read(self, *walls: Any, depth: int = DEPTH, actors: Iterable[str] = ACTORS) -> Comparison:
        schema = schema_with(*walls)
        readings: dict[str, Readings] = {}
        for name in actors:
            readings[name] = Reader(schema, self.world.actors[name], depth).everything(self.calls, self.things)
        return Comparison(POLICY, self.places, readings)

    def find_new(self, read: Readings) -> None:
        """Where things belong that are there no more once what made them is undone."""
        there = Places(self.world)
        for kind in (pair.removesuffix(".id") for pair in read.values if pair.endswith(".id")):
            for thing in read.values[f"{kind}.id"]:
                if thing not in self.places and kind in NODES:
                    row = apps.get_model(NODES[kind], kind)._base_manager.get(pk=thing[1])
                    self.places[thing] = there.of(row)

    def unseen(self, actor: str, text: str) -> Iterator[str]:
        """What stands in a page and belongs to a thing that this actor may not see; officers' names are told to all. What
        has no id in the API says in the policy who reads it, or belongs to the page that it stands on."""
        for origin in self.marks.found_in(text):
            place = self.places.get((origin.model, str(origin.key)), "unknown")
            readers = POLICY.general["pages"].get(origin.model)
            if readers is not None and actor not in POLICY.actors(readers):
                yield f"{origin.model}.{origin.field}"
            told = origin.model not in NODES or place.startswith(("officer", "central", "lead"))
            if not told and actor not in POLICY.who(f"{origin.model}.id", place):
                yield f"{origin.model}.{origin.field} of {place}"


def none(found: Iterable[str]) -> bool:
    """Whether there is none; says which there are, the most frequent first."""
    told = [f"{text} ({n})" for text, n in Counter(found).most_common(1000)]
    assert not told, "\n".join(["", *told])
    return True
