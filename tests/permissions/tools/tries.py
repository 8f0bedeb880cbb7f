"""Every mutation, tried by everybody on what is theirs, another country's and nobody's."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from backend.accounts.models import Person
from tests.permissions import (
    agencies,
    classroom,
    labels,
    library,
    moderation,
    partners,
    people,
    project_life,
    projects,
    support,
    workspaces,
)
from tests.permissions.tools import desk, entrance, office, optional
from tests.permissions.world import World
from tests.support.trial import OK, Input, Outcome, all_rows, attempt, ids_in, sees, undone, without

AREAS = (
    people, agencies, partners, projects, project_life, workspaces, classroom, labels, library, moderation, desk, office,
    support, entrance, optional,
)  # fmt: skip
TABLE = {key: row for area in AREAS for key, row in area.TABLE.items()}
POLICY: dict[str, Any] = tomllib.loads(Path(__file__).parent.with_name("writes.toml").read_text())


@contextmanager
def worlds() -> Iterator[tuple[World, World]]:
    """Built once; what everybody tries in them is undone, and in the end every row is as it was."""
    with undone():
        built = World(), World("DE", "PL", "FR")
        before = all_rows()
        yield built
        assert all_rows() == before


class Tries:
    """Of one mutation."""

    def __init__(self, key: str, worlds: tuple[World, World]) -> None:
        self.mutation = key.partition(" ")[0]
        self.given, self.expected = TABLE[key]
        self.worlds = worlds
        self.people = worlds[0].people
        self.writes = set(POLICY["writes"][key].split()) | set(POLICY["general"]["facts"].split())
        self.foreigners = foreigners(key)
        self.spent = {"hidden": 0.0, "absent": 0.0}
        self.hidden = 0  # how often a thing was hidden and compared with one that does not exist

    @cached_property
    def own(self) -> Input:
        return self.given(self.worlds[0])

    @cached_property
    def foreign(self) -> Input:
        return self.given(self.worlds[1])

    def codes(self) -> dict[str, str]:
        """What everybody gets for what is their own country's."""
        return {name: attempt(self.mutation, self.own, person).code for name, person in self.people.items()}

    def problems(self) -> Iterator[str]:
        """Rows that changed, and what tells a hidden thing from an absent one."""
        may = set()
        for name, person in self.people.items():
            own, foreign = (attempt(self.mutation, given, person) for given in (self.own, self.foreign))
            for side, got, given in (("own", own, self.own), ("foreign", foreign, self.foreign)):
                yield from (f"{name}, {side}: {text}" for text in self.wrong(got))
                yield from (f"{name}, {side}: {text}" for text in self.told(got, given, person))
            may |= {name} if foreign.code == OK else set()
        if may != self.foreigners:
            yield f"done to what is foreign by: {', '.join(sorted(may))}"

    def wrong(self, got: Outcome) -> Iterator[str]:
        """Tables hold other rows than they may."""
        allowed = self.writes if got.code == OK else set(POLICY["general"]["refused"].split())
        if extra := got.written - allowed:
            yield f"{got.code}, and {' '.join(sorted(extra))} changed"
        if got.code != OK and got.follows:
            yield f"{got.code}, and something follows"

    def told(self, got: Outcome, given: Input, person: Person | None) -> Iterator[str]:
        """What an absent thing would not have told."""
        ids = frozenset(ids_in(given))
        hidden = frozenset(each for each in ids if not sees(person, each))
        for absent in {hidden, ids} - {frozenset()}:
            instead = attempt(self.mutation, without(given, set(absent)), person)
            yield from (f"absent: {text}" for text in self.wrong(instead))
            if absent == hidden:
                yield from self.unlike(got, instead)
            elif instead.code == OK:
                yield "absent: done"

    def unlike(self, got: Outcome, instead: Outcome) -> Iterator[str]:
        self.hidden += 1
        self.spent["hidden"] += got.seconds
        self.spent["absent"] += instead.seconds
        if instead.told != got.told:
            yield f"{got.told} for a hidden thing, {instead.told} for an absent one"
        if instead.queries != got.queries:
            yield f"{got.queries} queries for a hidden thing, {instead.queries} for an absent one"


def foreigners(key: str) -> set[str]:
    """Who may do it to the other country's."""
    who = next((who for who, keys in POLICY["foreign"].items() if key in keys), "")
    return set(POLICY["groups"].get(who, who.split(", "))) - {""}
