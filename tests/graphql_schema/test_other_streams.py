"""Inbox, approval tracker and desk: the same mechanism as workspaces."""

from typing import Any

import pytest
from channels.db import database_sync_to_async

from backend.accounts.sign_in import issue_token
from tests.factories.people import newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.api import gid
from tests.support.server import Server
from tests.support.sockets import mutate, socket, subscribe, update

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

INBOX = """subscription($after: String) { notificationAdded(after: $after) { __typename
  ... on NotificationEvent { cursor notification { kind sentence readAt } } ... on Heartbeat { cursor }
  ... on AccessEnded { reason } } }"""
TRACKER = """subscription($id: ID!) { projectUpdates(projectId: $id) { __typename
  ... on ProjectEvent { kind project { state dueAt decisions { country { code } outcome } } }
  ... on AccessEnded { reason } } }"""
DESK = "subscription { deskUpdates { __typename ... on DeskCounts { people { waiting } projects { waiting } } } }"


class Scene:
    def __init__(self) -> None:
        self.project = project("PENDING_APPROVAL")
        self.founder, self.other = (m.person for m in self.project.founders)
        self.stranger = teacher("FR")
        self.paris, self.warsaw, self.berlin = officer("FR"), officer("PL"), officer("DE")
        people = (self.founder, self.other, self.stranger, self.paris, self.warsaw, self.berlin)
        self.tokens = {person.pk: issue_token(person, is_proved=True) for person in people}

    def token(self, person: Any) -> str:
        return self.tokens[person.pk]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return Scene()


async def test_the_inbox_fills_live_and_is_continued(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as connection:
        start = await subscribe(connection, INBOX)
        await mutate(
            server, scene.token(scene.paris), "approveProject", projectId=gid(scene.project), side="FR", comment=""
        )
        event = await update(connection)
    assert event["notification"] == {
        "kind": "project.approved",
        "sentence": f"{scene.paris} approved “Rivers”.",
        "readAt": None,
    }
    async with socket(server, scene.token(scene.founder)) as connection:
        await subscribe(connection, INBOX, after=start["cursor"])
        assert await update(connection) == event
    async with socket(server) as connection:
        assert (await subscribe(connection, INBOX))["__typename"] == "AccessEnded"


async def test_the_tracker_says_whose_turn_it_is(scene: Scene, server: Server) -> None:
    async with (
        socket(server, scene.token(scene.other)) as founder,
        socket(server, scene.token(scene.warsaw)) as agency,
        socket(server, scene.token(scene.stranger)) as stranger,
        socket(server, scene.token(scene.berlin)) as elsewhere,
    ):
        for connection in (stranger, elsewhere):
            assert (await subscribe(connection, TRACKER, id=gid(scene.project)))["reason"] == "NO_ACCESS"
        for connection in (founder, agency):
            assert (await subscribe(connection, TRACKER, id=gid(scene.project)))["__typename"] == "Heartbeat"
        await mutate(server, scene.token(scene.paris), "approveProject", projectId=gid(scene.project), side="FR")
        for connection in (founder, agency):
            event = await update(connection)
            assert (event["kind"], event["project"]["state"]) == ("project.approved", "PENDING_APPROVAL")
            outcomes = {d["country"]["code"]: d["outcome"] for d in event["project"]["decisions"]}
            assert outcomes == {"FR": "APPROVED", "PL": "PENDING"}
            assert event["project"]["dueAt"]


async def test_the_desk_counts_what_waits(scene: Scene, server: Server) -> None:
    waiting = await database_sync_to_async(newcomer)("FR")
    async with (
        socket(server, scene.token(scene.paris)) as connection,
        socket(server, scene.token(scene.founder)) as other,
    ):
        assert (await subscribe(other, DESK))["__typename"] == "AccessEnded"
        assert await subscribe(connection, DESK) == {
            "__typename": "DeskCounts",
            "people": {"waiting": 1},
            "projects": {"waiting": 1},
        }
        await mutate(server, scene.token(scene.paris), "rejectTeacher", teacherId=gid(waiting), reason="Unknown there.")
        assert (await update(connection))["people"] == {"waiting": 0}
