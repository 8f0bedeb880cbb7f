"""Who reads what: every field of every thing, as twelve actors, against the table in policy/."""

import pytest

from tests.canary.canary import POLICY, Canary, none
from tests.canary.documents import pairs
from tests.canary.policy import drafted
from tests.canary.reading import schema_with

pytestmark = pytest.mark.django_db
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


def test_enough_was_compared(canary: Canary) -> None:
    compared = canary.whole.compared()
    print(f"\n{compared} (type, field) × actor, {sum(canary.whole.cells().values())} fields of things")
    assert compared > 4_000
