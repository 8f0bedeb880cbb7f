"""Every list of the schema, with every field of its rows, costs the same number of queries at 1, 10 and 100 rows."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_object_type, is_required_argument

from graphql_schema.schema import schema
from tests.graphql_schema.counts.crowd import Crowd
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

TYPES = schema._schema.type_map


class Place(NamedTuple):
    """Who asks for a list, and the field it stands in: with an id, under `node`, or under `desk`."""

    viewer: str
    within: str = ""
    arguments: str = ""


INSIDE = Place("founder", "room")
PLACES: dict[str, Place] = {
    "ChatRoom.messages": Place("founder", "chat"),
    "Conversation.messages": Place("founder", "conversation"),
    **dict.fromkeys(
        (
            "Desk.waitingPeople", "Desk.waitingSchools", "Desk.waitingProjects", "Desk.waitingReports",
            "Desk.waitingLabels", "Desk.waitingHelp", "Desk.waitingHandOvers",
        ),
        Place("desk", "desk"),
    ),
    "Discussion.threads": Place("founder", "discussion"),
    "Folder.files": Place("founder", "folder"),
    "HelpRequest.conversation": Place("founder", "help"),
    "Person.history": Place("desk", "person"),
    "School.history": Place("desk", "school"),
    "Project.comments": Place("founder", "project"),
    "Project.handOvers": Place("founder", "project"),
    "Thread.posts": Place("founder", "thread"),
    "Workspace.pages": INSIDE,
    "Workspace.members": Place("pupil", "room"),
    **dict.fromkeys(
        (
            "Workspace.discussions", "Workspace.updates", "Workspace.files", "Workspace.folders",
            "Workspace.activities", "Workspace.meetings", "Workspace.chatRooms",
        ),
        INSIDE,
    ),
    "Query.teachers": Place("other"),
    "Query.schools": Place("founder"),
    "Query.contacts": Place("founder"),
    "Query.blocks": Place("founder"),
    "Query.announcements": Place("founder"),
    "Query.conversations": Place("founder"),
    "Query.officers": Place("lead"),
    "Query.projects": Place("founder"),
    "Query.invitations": Place("guest"),
    "Query.handOvers": Place("desk"),
    "Query.workspaces": Place("founder"),
    "Query.gallery": Place("founder"),
    "Query.notifications": Place("founder"),
    "Query.partnershipProjects": Place("desk", "", "country: FR, partnerCountry: PL"),
    "Query.monitoredProjects": Place("desk"),
    "Query.auditTrail": Place("desk"),
    "Query.library": Place("founder"),
    "Query.labelApplications": Place("desk"),
    "Query.labelDrafts": Place("founder"),
    "Query.labelNominations": Place("desk"),
    "Query.reports": Place("desk"),
    "Query.sanctions": Place("founder"),
    "Query.appeals": Place("desk"),
    "Query.looksInside": Place("founder", "", "workspaceId: $id"),
    "Query.helpRequests": Place("founder"),
    "Query.readyTexts": Place("desk"),
    "Query.standIns": Place("desk"),
    "Query.mailings": Place("desk"),
    "Query.mailingAudiences": Place("desk"),
}  # fmt: skip


def object_types() -> Iterator[GraphQLObjectType]:
    return (t for name, t in TYPES.items() if is_object_type(t) and not name.startswith("__"))


def connections() -> set[str]:
    """Every list that has pages."""
    return {
        f"{t.name}.{name}"
        for t in object_types()
        for name, field in t.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
    }


def askable(t: Any) -> dict[str, Any]:
    """The fields that need no argument and have no pages."""
    return {
        name: get_named_type(field.type)
        for name, field in t.fields.items()
        if not any(is_required_argument(argument) for argument in field.args.values())
        and not get_named_type(field.type).name.endswith("Connection")
    }


def leaves(t: Any) -> str:
    return " ".join(name for name, of in askable(t).items() if is_leaf_type(of))


def selections(node: Any) -> list[str]:
    """All plain fields of a row at once, then each thing beside it with its plain fields."""
    beside = {name: of for name, of in askable(node).items() if is_object_type(of) and leaves(of)}
    return [leaves(node), *(f"{name} {{ {leaves(of)} }}" for name, of in beside.items())]


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crowd]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Crowd()
        transaction.set_rollback(True)


def test_every_list_is_tried() -> None:
    assert set(PLACES) == connections()


@pytest.mark.parametrize("name", list(PLACES))
def test_one_ten_or_a_hundred(crowd: Crowd, name: str) -> None:
    parent, _, field = name.partition(".")
    place, node = PLACES[name], TYPES[parent].fields[field].type.of_type.fields["edges"]  # type: ignore[union-attr]
    api = Api(crowd.fresh(place.viewer))
    things = {
        "room": crowd.room,
        "chat": crowd.scene.chat,
        "discussion": crowd.scene.discussion,
        "project": crowd.room.project,
    }
    thing = things.get(place.within) or getattr(crowd, place.within or "room", crowd.room)
    costly = {}
    for selection in selections(get_named_type(get_named_type(node.type).fields["node"].type)):
        counts = []
        for size in (1, 10, 100):
            document = written(parent, field, place, size, selection)
            api.ask(document, **variables(document, thing))
            with CaptureQueriesContext(connection) as queries:
                answer = api.ask(document, **variables(document, thing))
            assert rows_of(answer, field) == size, selection
            counts.append(len(queries))
        if len(set(counts)) > 1:
            costly[selection] = counts
    assert costly == {}


def written(parent: str, field: str, place: Place, size: int, selection: str) -> str:
    arguments = f"({place.arguments}{', ' if place.arguments else ''}first: {size})"
    listed = f"{field}{arguments} {{ edges {{ node {{ {selection} }} }} }}"
    if parent == "Desk":
        listed = f"desk {{ {listed} }}"
    elif parent != "Query":
        listed = f"node(id: $id) {{ ... on {parent} {{ {listed} }} }}"
    return f"query($id: ID!) {{ {listed} }}" if "$id" in listed else f"{{ {listed} }}"


def variables(document: str, thing: Any) -> dict[str, Any]:
    return {"id": gid(thing)} if "$id" in document else {}


def rows_of(answer: Any, field: str) -> int:
    while field not in answer:
        (answer,) = answer.values()
    return len(answer[field]["edges"])
