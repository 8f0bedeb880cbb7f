"""What mutations answer: each type that no query gives, asked for by everybody, against policy/answers.toml."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graphql_schema.guard import Guard
from tests.canary.answers.texts import CONFLICTS
from tests.canary.answers.tries import TRIES, Given, Sender
from tests.canary.canary import POLICY, Canary, none
from tests.canary.policy import Comparison
from tests.canary.reading import Reader, schema_with
from tests.support.trial import undone

pytestmark = pytest.mark.django_db
ALL = TRIES | CONFLICTS
DEEP = {"addPupils", "importPupils", "resetPupilPassword"}  # a card tells its place in the room


@pytest.fixture(scope="module")
def answered(canary: Canary) -> Comparison:
    schema = schema_with(Guard)
    readings = {}
    for actor, person in canary.world.actors.items():
        reader = Reader(schema, person)
        for key, given in ALL.items():
            told = send(canary, reader, key, given)
            is_refused = told["__typename"] == "OperationInfo"
            assert not is_refused or not list(canary.marks.found_in(told)), f"{actor} {key}: {told}"
        readings[actor] = reader.read
    return Comparison(POLICY, canary.places, readings)


def send(canary: Canary, reader: Reader, key: str, given: Given) -> Any:
    mutation, _, place = key.partition(" ")
    with undone():
        told = reader.send(mutation, place, given(Sender(canary, reader.viewer)), 3 if mutation in DEEP else 2)
        canary.find_new(reader.read)
    return told


def test_nothing_fails(answered: Comparison) -> None:
    assert none(f"{actor}: {e}" for actor, read in answered.readings.items() for e in read.errors)


def test_nobody_is_told_more(canary: Canary, answered: Comparison) -> None:
    assert none(answered.extra())
    assert none(answered.foreign(canary.marks))
    assert none(strays(canary, answered))


def strays(canary: Canary, answered: Comparison) -> Iterator[str]:
    """Texts of another thing than the one that was sent about; of people those whom the policy lets see them."""
    for actor, read in answered.readings.items():
        for pair in POLICY.given_by("mutations"):
            for key, values in read.values[pair].items():
                for origin in canary.marks.found_in(values):
                    place = canary.places.get((origin.model, str(origin.key)), "new")
                    if origin.model != "Person" and place != "new" and place not in key.partition(" ")[2]:
                        yield f"{actor} reads {origin.model}.{origin.field} of {place} in {pair} of {key}"


def test_nobody_is_told_less(answered: Comparison) -> None:
    mine = POLICY.given_by("mutations")
    assert none(text for text in answered.missing() if text.split()[4] in mine)
    assert none(text for text in answered.lost() if any(f" by {pair} of " in text for pair in mine))


def test_everything_was_answered(answered: Comparison, record_property: Callable[[str, Any], None]) -> None:
    """To somebody, and every row of the table is of something that was sent."""
    every = POLICY.given_by("mutations")
    assert every - answered.pairs() == set()
    assert none(answered.unused(every))
    record_property("(type, field) pairs that only mutations give", len(every))
    record_property("answers of mutations × actors", len(ALL) * len(answered.readings))
