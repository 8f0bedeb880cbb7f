"""Who may do what: every mutation, tried by everybody, against the tables in tests/permissions."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from backend.accounts.models import Person, PersonState
from backend.accounts.registration import confirmation_token
from backend.eventlog.models import Event
from graphql_schema.schema import schema
from tests.factories.people import PASSWORD, PersonFactory
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
from tests.permissions.tools import desk, office
from tests.permissions.world import ABSENT, OK, World
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

AREAS = (
    people,
    agencies,
    partners,
    projects,
    project_life,
    workspaces,
    classroom,
    labels,
    library,
    moderation,
    desk,
    office,
    support,
)
TABLE = {key: row for area in AREAS for key, row in area.TABLE.items()}
# Open to everybody, or with an upload: tried in tests/graphql_schema.
ELSEWHERE = {
    "registerTeacher",
    "confirmEmail",
    "login",
    "pupilLogin",
    "logout",
    "uploadFile",
    "requestPasswordReset",
    "resetPassword",
    "signOutEverywhere",
    "setUpSecondFactor",
    "confirmSecondFactor",
}


def rows() -> dict[str, int]:
    """How many rows every table has."""
    models = (content.model_class() for content in ContentType.objects.all())
    counted = {m._meta.label: m._base_manager.count() for m in models if m and m.__module__.startswith("backend")}
    return {label: n for label, n in counted.items() if label not in ("accounts.SignInAttempt", "accounts.Session")}


def test_every_mutation_stands_in_the_table() -> None:
    assert set(schema._schema.mutation_type.fields) == {key.partition(" ")[0] for key in TABLE} | ELSEWHERE  # type: ignore[union-attr]


@pytest.mark.parametrize("mutation", list(TABLE))
def test_who_may(mutation: str) -> None:
    world = World()
    given, expected = TABLE[mutation]
    values = given(world)
    got = {}
    for name, person in world.people.items():
        before = (rows(), Event.objects.count())
        block = transaction.atomic()
        block._from_testcase = True  # as Django's own test cases do: what must be durable may be inside
        with block:
            api = Api(Person.objects.get(pk=person.pk) if person else None)
            payload = api.do(mutation.partition(" ")[0], "", **values)
            got[name] = payload["messages"][0]["code"] if payload["__typename"] == "OperationInfo" else OK
            if got[name] != OK:
                assert (rows(), Event.objects.count()) == before, f"{name} was refused, and something was written"
            transaction.set_rollback(True)
    assert got == expected


def test_absent_and_forbidden_look_the_same() -> None:
    world = World()
    stranger = Api(world.people["outsider"])
    answers = []
    for key in (gid(world.draft), ABSENT, "nonsense", gid(world.post)):
        payload = stranger.do("submitProject", "", projectId=key)
        answers.append(payload)
    assert answers == [answers[0]] * 4


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
