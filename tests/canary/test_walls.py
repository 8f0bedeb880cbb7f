"""Each wall alone keeps everything in; without both, the canaries fly. Walls are taken down here only, in the test."""

from typing import Any

import pytest

from backend.core.kept import statements
from backend.core.kept.last import Last
from backend.core.models import EntityQuerySet
from graphql_schema.guard import Guard
from tests.canary.canary import Canary, none

pytestmark = pytest.mark.django_db
DEPTH = 2


@pytest.fixture
def without_first_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Querysets begin with everything, and no row says that somebody may see it."""
    monkeypatch.setattr(EntityQuerySet, "for_viewer", lambda rows, viewer: rows.all())
    monkeypatch.setattr(statements, "_asked", Last(1_000))


@pytest.mark.usefixtures("without_first_wall")
def test_the_guard_alone(canary: Canary) -> None:
    assert none(canary.read(Guard, depth=DEPTH).extra())


def test_narrowed_querysets_alone(canary: Canary) -> None:
    """The guard is switched off; to the full depth test_the_guard_has_nothing_to_hold_back says so."""
    assert none(canary.read(depth=DEPTH).extra())


@pytest.mark.usefixtures("without_first_wall")
def test_without_walls_the_canaries_fly(canary: Canary) -> None:
    found: Any = set(canary.read(depth=DEPTH, actors=["pupil_elsewhere"]).extra())
    leaking = {text.split(" reads ")[1].partition(".")[0] for text in found}
    print(f"\n{len(found)} leaks of {len(leaking)} types without walls")
    assert len(leaking) > 40
