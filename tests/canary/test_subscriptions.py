"""Who may follow what, and what arrives: every subscription × everybody, against policy/subscriptions.toml."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from graphql import DocumentNode, execute, parse

from backend.accounts.models import Person
from backend.accounts.sign_in import session_proof
from backend.core.models import NOBODY
from backend.eventlog.cursors import START, Cursor
from backend.eventlog.reading import read_after
from backend.projects.models import Project
from backend.workspaces.actions.members import remove_pupil
from backend.workspaces.actions.roles import remove_guest
from backend.workspaces.models import WorkspaceMembership
from graphql_schema.delivery.selections import GUARD
from graphql_schema.delivery.sources import InboxSource, ProjectSource, Reader, Source, WorkspaceSource
from graphql_schema.schema import schema
from graphql_schema.subscriptions.desk import _counts
from graphql_schema.viewer import Context
from tests.canary.canary import POLICY, Canary, none
from tests.canary.documents import Documents
from tests.canary.policy import Comparison
from tests.canary.reading import Reader as Notes
from tests.canary.reading import Readings

pytestmark = pytest.mark.django_db
ALL = 10_000  # events
EVENTS = ("NotificationEvent", "ProjectEvent")  # workspaceEvents gives the others, too


def test_every_subscription_has_a_row() -> None:
    assert set(POLICY.subscriptions) == set(schema._schema.subscription_type.fields)  # type: ignore[union-attr]


def test_who_may_follow(canary: Canary) -> None:
    assert none(wrong(canary))


def wrong(canary: Canary) -> Iterator[str]:
    for actor, person in canary.world.actors.items():
        for name, place, source in sources(canary, person):
            expected = actor in POLICY.actors(POLICY.subscriptions[name][place])
            if may_follow(source, person) != expected:
                yield f"{actor} {'may not' if expected else 'may'} follow {name} of {place}"
        expected = actor in POLICY.actors(POLICY.subscriptions["deskUpdates"]["desk"])
        if person and (_counts(person.pk, proof(person)) is not None) != expected:
            yield f"{actor} {'may not' if expected else 'may'} follow the desk"


def sources(canary: Canary, person: Person | None) -> Iterator[tuple[str, str, Source]]:
    """Every stream there is, by subscription and place."""
    for letter, room in canary.world.rooms.items():
        yield "workspaceUpdates", letter, WorkspaceSource(room.pk)
        yield "presenceUpdates", letter, WorkspaceSource(room.pk)
    for project in Project.objects.all():
        yield "projectUpdates", canary.places["Project", str(project.pk)], ProjectSource(project.pk)
    yield "projectUpdates", "nothing", ProjectSource(NOBODY)
    for other in canary.world.people.values():
        yield "notificationAdded", "own" if other == person else "of another", InboxSource(other.pk)


def may_follow(source: Source, person: Person | None) -> bool:
    """A visitor is refused before; whoever is signed in asks with the session they have."""
    return person is not None and bool(source.rights([Reader(person.pk, proof(person))]))


def proof(person: Person) -> str:
    return session_proof(person.sessions.latest("expire_date").pk)


def test_what_arrives(canary: Canary) -> None:
    """Every event that there was, to all who may follow: what they read of it is what the table of fields says."""
    readings: dict[str, Readings] = {}
    for actor, person in canary.world.actors.items():
        notes = Notes(schema, person)
        for name, place, source in sources(canary, person):
            if name != "presenceUpdates" and may_follow(source, person):
                follow(notes, name, place, source)
        readings[actor] = notes.read
    compared = Comparison(POLICY, canary.places, readings)
    assert none(compared.extra())
    assert none(compared.foreign(canary.marks))
    events = {pair for pair in POLICY.given_by("subscriptions") if pair.partition(".")[0] in EVENTS}
    assert none(text for text in compared.missing() if text.split()[4] in events)
    assert events | {"WorkspaceEvent.subject"} <= compared.pairs()


def follow(notes: Notes, name: str, place: str, source: Source) -> None:
    label = f"workspaceEvents {place}" if name == "workspaceUpdates" else f"{name} {place}"
    page = read_after(Cursor(source.stream_id, START, 0), limit=ALL)
    for event in source.events(page):
        result: Any = execute(
            schema._schema, asked(name), root_value=event, context_value=Context(viewer=notes.viewer),
            variable_values={"id": str(source.stream_id)}, middleware=GUARD,
        )  # fmt: skip
        assert not result.errors, result.errors
        notes._walk(result.data[name], label, "Subscription", name)


@cache
def asked(name: str) -> DocumentNode:
    """A selection of everything that the subscription may send."""
    field = schema._schema.subscription_type.fields[name]  # type: ignore[union-attr]
    argument = {"workspaceUpdates": "workspaceId", "projectUpdates": "projectId"}.get(name)
    declared, given = ("($id: ID!)", f"{argument}: $id") if argument else ("", "")
    text = Documents(schema._schema).of_field(name, field, 3, given)
    return parse(f"subscription{declared} {{ {text} }}")


def test_who_is_removed_hears_nothing_more(canary: Canary) -> None:
    """A pupil's account ends with the place in the workspace; a guest's goes on, and the sign-in holds."""
    by, people, room = canary.world.people["teacher_in"], canary.world.people, canary.world.rooms["A"]
    source = WorkspaceSource(room.pk)
    for name, remove in (("pupil_in", remove_pupil), ("guest in A", remove_guest)):
        person = people[name]
        reader = Reader(person.pk, proof(person))
        with transaction.atomic():
            assert source.rights([reader])
            remove(WorkspaceMembership.objects.get(workspace=room, person=person), actor=by)
            assert not source.rights([reader])
            assert person.sessions.exists() == (name == "guest in A")
            transaction.set_rollback(True)
