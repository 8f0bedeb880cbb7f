"""Every mutation, tried by everybody on what is theirs, another country's and nobody's."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from strawberry.relay.utils import from_base64

from backend.accounts.models import Person
from backend.agencies.models import Officer
from backend.core.kept.statements import rows_of
from graphql_schema.lookup import visible
from graphql_schema.schema import NODES
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
from tests.permissions.world import World, for_all
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
        _look_up_everything(built[0])
        before = all_rows()
        yield built
        assert all_rows() == before


def _look_up_everything(world: World) -> None:
    """A statement is kept once it is asked again: what is timed shall not be what pays for that."""
    for person in world.people.values():
        viewer = Person.objects.get(pk=person.pk) if person else None
        for kind, area in NODES.items():
            for _ in range(2):
                rows_of(visible(apps.get_model(area, kind), "pk"), viewer, uuid4())


class Tries:
    """Of one mutation."""

    def __init__(self, key: str, worlds: tuple[World, World]) -> None:
        self.key, self.mutation = key, key.partition(" ")[0]
        self.given, self.expected = TABLE[key]
        self.worlds = worlds
        self.people = worlds[0].people
        self.writes = set(POLICY["writes"][key].split()) | set(POLICY["general"]["facts"].split())
        self.foreigners = foreigners(key)
        self.spent = {"hidden": 0.0, "absent": 0.0}
        self.count = 0
        self.hidden = 0  # how often a thing was hidden and compared with one that does not exist
        self.got: dict[str, str] = {}  # everybody's answer for what is their own country's
        self.absent: dict[tuple[Any, str], Outcome] = {}  # own and foreign input are often the same without their ids

    @cached_property
    def own(self) -> Input:
        return self.given(self.worlds[0])

    @cached_property
    def foreign(self) -> Input:
        return self.given(self.worlds[1])

    def codes(self) -> dict[str, str]:
        """What everybody gets for what is their own country's."""
        return {name: self.attempt(self.own, person).code for name, person in self.people.items()}

    def attempt(self, given: Input, person: Person | None) -> Outcome:
        self.count += 1
        return attempt(self.mutation, given, person)

    def problems(self) -> Iterator[str]:
        """Who gets what, rows that changed, and what tells a hidden thing from an absent one."""
        may = set()
        attempt(self.mutation, self.own, None)  # the first reads the document, which is no part of what is timed
        for name, person in self.people.items():
            own, foreign = (self.attempt(given, person) for given in (self.own, self.foreign))
            for side, got, given in (("own", own, self.own), ("foreign", foreign, self.foreign)):
                yield from (f"{name}, {side}: {text}" for text in self.wrong(got))
                yield from (f"{name}, {side}: {text}" for text in self.told(got, given, person))
            self.got[name] = own.code
            may |= {name} if foreign.code == OK else set()
        if self.got != (expected := for_all(self.expected)):
            yield from (
                f"{name}: {code} instead of {expected[name]}"
                for name, code in self.got.items()
                if code != expected[name]
            )
        if may != self.foreigners:
            yield f"done to what is foreign by: {', '.join(sorted(may))}"

    def wrong(self, got: Outcome) -> Iterator[str]:
        """Tables hold other rows than they may."""
        allowed = self.writes if got.code == OK else set(POLICY["general"]["refused"].split())
        if extra := got.written - allowed:
            yield f"{got.code}, and {' '.join(sorted(extra))} changed"
        if got.lost:
            yield f"{got.code}, and not found by their words: {' '.join(got.lost)}"
        if got.code != OK and got.follows:
            yield f"{got.code}, and something follows"

    def told(self, got: Outcome, given: Input, person: Person | None) -> Iterator[str]:
        """What an absent thing would not have told."""
        ids = frozenset(ids_in(given))
        hidden = frozenset(each for each in ids if not self.is_known(person, each))
        for absent in {hidden, ids} - {frozenset()}:
            instead = self.without(given, absent, person)
            yield from (f"absent: {text}" for text in self.wrong(instead))
            if absent == hidden:
                yield from self.unlike(got, instead)
            elif instead.code == OK:
                yield "absent: done"

    def is_known(self, person: Person | None, identifier: str) -> bool:
        """Some things are not read by their id, and known by another way."""
        is_colleagues = self.key in POLICY["general"]["colleagues"] and is_colleague(person, identifier)
        return is_colleagues or sees(person, identifier)

    def without(self, given: Input, absent: frozenset[str], person: Person | None) -> Outcome:
        instead = without(given, set(absent))
        key = (person and person.pk, repr(instead))
        if key not in self.absent:
            self.absent[key] = self.attempt(instead, person)
        return self.absent[key]

    def unlike(self, got: Outcome, instead: Outcome) -> Iterator[str]:
        self.hidden += 1
        self.spent["hidden"] += got.seconds
        self.spent["absent"] += instead.seconds
        if instead.told != got.told:
            yield f"{got.told} for a hidden thing, {instead.told} for an absent one"
        if instead.queries != got.queries:
            yield f"{got.queries} queries for a hidden thing, {instead.queries} for an absent one"


def is_colleague(person: Person | None, identifier: str) -> bool:
    """An office knows its officers from its settings."""
    office = getattr(person, "officer", None)
    return bool(office) and Officer.objects.filter(agency=office.agency_id, pk=from_base64(identifier)[1]).exists()


def foreigners(key: str) -> set[str]:
    """Who may do it to the other country's."""
    who = next((who for who, keys in POLICY["foreign"].items() if key in keys), "")
    return set(POLICY["groups"].get(who, who.split(", "))) - {""}
