"""Which countries work together."""

import pytest

from backend.monitoring.partnerships import Partnership, partnerships, projects_between
from backend.projects.models import ProjectState
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db


def make(one: str, other: str, state: str) -> None:
    project(state, founders=(teacher(one), teacher(other)))


def test_pairs_are_counted_whichever_founder_began() -> None:
    make("FR", "PL", ProjectState.OPEN)
    make("PL", "FR", ProjectState.OPEN)
    make("FR", "PL", ProjectState.PENDING_APPROVAL)
    make("FR", "FR", ProjectState.OPEN)
    make("FR", "PL", ProjectState.PENDING_PARTNER)
    make("FR", "PL", ProjectState.DRAFT)
    make("DE", "PL", ProjectState.PENDING_APPROVAL)
    within = Partnership("FR", "FR", total=1, open=1, waiting=0, idle=1)
    german = Partnership("DE", "PL", total=1, open=0, waiting=1)
    assert partnerships(officer("FR")) == [Partnership("FR", "PL", total=3, open=2, waiting=1, idle=2), within]
    assert partnerships(officer("PL")) == [
        Partnership("PL", "FR", total=3, open=2, waiting=1, idle=2),
        Partnership("PL", "DE", total=1, open=0, waiting=1),
    ]
    assert partnerships(central()) == [Partnership("FR", "PL", total=3, open=2, waiting=1, idle=2), german, within]
    assert partnerships(officer("ES")) == []
    assert within.is_national
    assert not german.is_national


def test_the_projects_of_a_pair_are_those_counted() -> None:
    make("FR", "PL", ProjectState.OPEN)
    make("PL", "FR", ProjectState.PENDING_APPROVAL)
    make("FR", "DE", ProjectState.OPEN)
    make("FR", "PL", ProjectState.DRAFT)
    for reader in (officer("FR"), officer("PL"), central()):
        assert [p.state for p in projects_between(reader, "FR", "PL")] == ["PENDING_APPROVAL", "OPEN"]
    assert not projects_between(officer("DE"), "FR", "PL").exists()
