"""Who reads what: every field of every thing, as twelve actors, against the table in policy/."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from strawberry.relay.utils import to_base64

from graphql_schema.guard import Guard
from graphql_schema.schema import NODES
from tests.canary.canary import POLICY, Canary, none
from tests.canary.documents import connections, pairs
from tests.canary.policy import Comparison, drafted
from tests.canary.reading import DEPTH, Reader, schema_with
from tests.support.trial import undone

pytestmark = pytest.mark.django_db
REASON = {"reason": "To see"}
OPENED: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("openReport", "Report"): ("reportId", REASON),
    ("lookInside", "Project"): ("projectId", REASON),
    ("openLabelEvidence", "LabelApplication"): ("applicationId", {}),
}
ADVICE = """
These fields have no row in tests/canary/policy. Add each to `fields` of its type there if whoever sees the thing reads
the field, else give it a row of its own in `only`. As it was read just now:

"""


def test_every_field_has_a_row(canary: Canary) -> None:
    unknown = sorted(pair for pair in pairs(schema_with()._schema) if not POLICY.knows(pair))
    assert not unknown, ADVICE + drafted(canary.whole, unknown)


def test_nothing_fails(canary: Canary) -> None:
    errors = (f"{actor}: {e}" for actor, read in canary.whole.readings.items() for e in read.errors)
    assert none(e for e in errors if "Please sign in first." not in e)


def test_nobody_reads_more(canary: Canary) -> None:
    assert none(canary.whole.extra())
    assert none(canary.whole.foreign(canary.marks))


def test_nobody_misses_anything(canary: Canary) -> None:
    assert none(canary.whole.missing())
    assert none(canary.whole.lost())


def test_the_guard_has_nothing_to_hold_back(canary: Canary) -> None:
    """Querysets narrow every list, every look-up and every key that is followed, to the full depth: as the guard refuses
    nothing, the same would be read without it."""
    readings = canary.whole.readings.items()
    assert none(
        f"{actor} {model} of {canary.places[model, key]}" for actor, read in readings for model, key in read.refused
    )


def test_everything_was_compared(canary: Canary, record_property: Callable[[str, Any], None]) -> None:
    """The world has a value for every field that a query gives, and somebody read it."""
    compared, every = canary.whole.pairs(), pairs(schema_with()._schema)
    others = {way: POLICY.given_by(way) for way in ("mutations", "opening", "subscriptions")}
    assert every - compared == set().union(*others.values())
    record_property("(type, field) pairs compared", len(compared & every))
    record_property("(type, field) × actors", len(compared & every) * len(canary.whole.readings))
    record_property("fields of things × actors", sum(canary.whole.cells().values()))


def test_every_connection_is_followed(canary: Canary) -> None:
    """With at least a row for somebody, down to the third from the root."""
    found = connections(schema_with()._schema, DEPTH)
    assert sorted(found - canary.whole.pairs()) == []
    assert len(found) > 40


def test_every_id_is_asked(canary: Canary) -> None:
    """Of every type and every place a thing by its id, and every type's is read by somebody."""
    assert set(canary.things) <= set(canary.places)
    assert {(kind, canary.places[kind, key]) for kind, key in canary.things} == {
        (kind, place) for (kind, _), place in canary.places.items()
    }
    assert {kind for kind, _ in canary.things} == set(NODES)
    by_id = {way[1][0] for read in canary.whole.readings.values() for way in read.ways["Query.node"]}
    assert by_id == set(NODES)


def test_what_is_opened(canary: Canary, record_property: Callable[[str, Any], None]) -> None:
    """What officers and assessors read only by saying that they do: everybody tries, each thing."""
    readings = {}
    for actor, person in canary.world.actors.items():
        reader = Reader(schema_with(Guard), person)
        for (mutation, kind), (argument, more) in OPENED.items():
            for key in (key for model, key in canary.things if model == kind):
                with undone():
                    reader.send(mutation, canary.places[kind, key], {argument: to_base64(kind, key), **more})
        readings[actor] = reader.read
    compared = Comparison(POLICY, canary.places, readings)
    assert none(compared.extra())
    assert none(compared.foreign(canary.marks))
    assert none(strays(canary, compared))
    every = POLICY.given_by("opening")
    assert none(text for text in compared.missing() if text.split()[4] in every)
    told = compared.pairs() & every
    assert every - told == set()
    record_property("(type, field) pairs opened by mutations", len(told))


def strays(canary: Canary, compared: Comparison) -> Iterator[str]:
    """Texts of another room than the one that was opened."""
    for actor, read in compared.readings.items():
        for pair in ("SeenThing.title", "SeenThing.text", "LabelExhibit.title", "LabelExhibit.text"):
            for thing, values in read.values[pair].items():
                for origin in canary.marks.found_in(values):
                    place = canary.places[origin.model, str(origin.key)]
                    if place.partition(" ")[0] != thing.rpartition(" ")[2]:
                        yield f"{actor} reads {origin.model}.{origin.field} of {place} in {pair} of {thing}"
