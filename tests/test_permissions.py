"""Who may do what: every mutation, tried by everybody, against the tables in tests/permissions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from backend.accounts.models import Person, PersonState
from backend.accounts.registration import confirmation_token
from graphql_schema.schema import schema
from tests.factories.people import PASSWORD, PersonFactory
from tests.permissions.tools.tries import POLICY, TABLE, Tries, worlds
from tests.permissions.world import World, for_all
from tests.support.api import Api, gid
from tests.support.trial import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    with django_db_blocker.unblock(), worlds() as built:
        yield built


def test_every_mutation_stands_in_the_table() -> None:
    mutations = schema._schema.mutation_type.fields  # type: ignore[union-attr]
    assert set(mutations) == {key.partition(" ")[0] for key in TABLE}
    assert set(TABLE) == set(POLICY["writes"]), "tests/permissions/writes.toml says which models each writes"


if connection.vendor != "sqlite":  # there test_writes tries the very same, and looks at the rows

    @pytest.mark.parametrize("key", list(TABLE))
    def test_who_may(key: str, both: tuple[World, World]) -> None:
        with undone():
            tries = Tries(key, both)
            assert tries.codes() == {name: for_all(tries.expected)[name] for name in tries.people}


def test_who_is_suspended_does_nothing() -> None:
    world = World()
    api = Api(world.founder)
    Person.objects.filter(pk=world.founder.pk).update(state=PersonState.SUSPENDED)
    assert api.refused("addPost", threadId=gid(world.thread), text="Still here") == ["not_signed_in"]
    assert Api().refused("login", login=world.founder.login, password=PASSWORD) == ["sign_in_failed"]


def test_an_unconfirmed_address_opens_nothing() -> None:
    person = PersonFactory(state=PersonState.EMAIL_UNCONFIRMED)
    api = Api(person)
    assert api.refused("registerSchool", name="New", town="Town") == ["not_permitted"]
    api.do("confirmEmail", "", token=confirmation_token(person))
    assert api.do("registerSchool", "", name="New", town="Town")["__typename"] == "School"
