"""graphql-transport-ws to the letter, against a real daphne process."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client
from websockets.asyncio.client import connect

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token, revoke_token
from backend.workspaces.actions.discussions import open_discussion, start_thread
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import Thread, Workspace, WorkspaceMembership
from docs.examples.live_client import Ended, LiveClient
from tests.factories.people import teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import gid
from tests.support.server import Server
from tests.support.sockets import closed, mutate, receive, send, socket, subscribe, update

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FOLLOW = """subscription($id: ID!, $after: String) { workspaceUpdates(workspaceId: $id, after: $after) { __typename
  ... on WorkspaceEvent { seq cursor kind actor { name } subject { __typename ... on Post { text isRemoved } ... on Update { text } } }
  ... on Heartbeat { cursor } ... on Resume { cursor } ... on Resync { reason cursor } ... on AccessEnded { reason } } }"""


class Scene:
    """A workspace with two founders, a pupil, and a stranger outside."""

    def __init__(self) -> None:
        self.room: Workspace = workspace()
        self.founder, self.other = (m.person for m in self.room.project.founders)
        self.pupil = pupil(self.room, actor=self.founder)
        self.stranger = teacher("FR")
        discussion = open_discussion(self.room, actor=self.founder, title="Rivers")
        self.thread: Thread = start_thread(discussion, actor=self.founder, title="Hello", text="Who?")
        self.tokens = {p.pk: issue_token(p) for p in (self.founder, self.other, self.pupil, self.stranger)}

    def token(self, person: Person) -> str:
        return self.tokens[person.pk]

    async def do(self, server: Server, person: Person, mutation: str, **given: Any) -> str:
        return await mutate(server, self.token(person), mutation, **given)

    async def news(self, server: Server, text: str) -> None:
        await self.do(server, self.founder, "postUpdate", workspaceId=gid(self.room), text=text)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return Scene()


async def test_members_see_what_happens_as_it_happens(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as one, socket(server, scene.token(scene.pupil)) as two:
        for connection in (one, two):
            assert (await subscribe(connection, FOLLOW, id=gid(scene.room)))["__typename"] == "Heartbeat"
        post = await scene.do(server, scene.pupil, "addPost", threadId=gid(scene.thread), text="I am Lina")
        for connection in (one, two):
            event = await update(connection)
            assert (event["seq"], event["kind"], event["actor"]) == (5, "workspace.post_added", {"name": "Lina"})
            assert event["subject"] == {"__typename": "Post", "text": "I am Lina", "isRemoved": False}
        await scene.do(server, scene.other, "removePost", postId=post)
        event = await update(two)
        assert (event["kind"], event["subject"]["text"], event["subject"]["isRemoved"]) == (
            "workspace.post_removed",
            None,
            True,
        )


async def test_after_a_cursor_nothing_is_missed_and_nothing_repeated(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as connection:
        start = (await subscribe(connection, FOLLOW, id=gid(scene.room)))["cursor"]
    for n in range(3):
        await scene.news(server, f"News {n}")
    async with socket(server, scene.token(scene.founder)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room), after=start)
        first = await update(connection)
    async with socket(server, scene.token(scene.other)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room), after=first["cursor"])
        rest = [await update(connection) for _ in range(2)]
    assert [first["seq"], *(e["seq"] for e in rest)] == [5, 6, 7]
    assert [e["subject"]["text"] for e in rest] == ["News 1", "News 2"]


async def test_strangers_visitors_and_wrong_ids_look_the_same(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.stranger)) as connection:
        assert await subscribe(connection, FOLLOW, id=gid(scene.room)) == {
            "__typename": "AccessEnded",
            "reason": "NO_ACCESS",
        }
        assert (await receive(connection))["type"] == "complete"
        variables = {"id": "nonsense"}
        await send(connection, id="2", type="subscribe", payload={"query": FOLLOW, "variables": variables})
        assert await update(connection) == {"__typename": "AccessEnded", "reason": "NO_ACCESS"}
    async with socket(server) as connection:
        assert await subscribe(connection, FOLLOW, id=gid(scene.room)) == {
            "__typename": "AccessEnded",
            "reason": "NOT_SIGNED_IN",
        }


async def test_a_removed_member_stops_seeing_at_once(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.pupil)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room))
        memberships = WorkspaceMembership.objects.filter(person=scene.pupil)
        await database_sync_to_async(memberships.update)(left_at="2026-01-01T00:00Z")
        await scene.news(server, "Secret")
        assert await update(connection) == {"__typename": "AccessEnded", "reason": "NO_ACCESS"}
        assert (await receive(connection))["type"] == "complete"


async def test_a_revoked_token_stops_seeing(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.other)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room))
        await database_sync_to_async(revoke_token)(scene.token(scene.other))
        await scene.news(server, "Secret")
        assert (await update(connection))["__typename"] == "AccessEnded"


async def test_a_cookie_speaks_only_for_our_own_pages(scene: Scene, server: Server) -> None:
    client = Client()
    await database_sync_to_async(client.force_login)(scene.founder)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    seen = {}
    for origin in (server.url, "http://evil.example", ""):
        headers = {"Cookie": cookie, **({"Origin": origin} if origin else {})}
        async with socket(server, **headers) as connection:
            seen[origin] = (await subscribe(connection, FOLLOW, id=gid(scene.room)))["__typename"]
    assert seen == {server.url: "Heartbeat", "http://evil.example": "AccessEnded", "": "AccessEnded"}


async def test_a_wrong_document_ends_its_operation_only(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as connection:
        await subscribe(connection, FOLLOW, key="live", id=gid(scene.room))
        for document in ("subscription {", "{ nothing }", "subscription { nothing }"):
            await send(connection, id="wrong", type="subscribe", payload={"query": document})
            message = await receive(connection)
            assert (message["id"], message["type"]) == ("wrong", "error"), message
        await send(connection, id="query", type="subscribe", payload={"query": "{ viewer { person { name } } }"})
        message = await receive(connection)
        assert message["payload"]["data"]["viewer"]["person"]["name"] == str(scene.founder)
        assert (await receive(connection))["type"] == "complete"
        await scene.news(server, "Still here")
        assert (await update(connection))["subject"]["text"] == "Still here"


async def test_complete_stops_the_subscription(scene: Scene, server: Server) -> None:
    async with socket(server, scene.token(scene.founder)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room))
        await send(connection, id="1", type="complete")
        await send(connection, type="ping")
        assert (await receive(connection))["type"] == "pong"
        await scene.news(server, "Unheard")
        await send(connection, type="ping")
        assert (await receive(connection))["type"] == "pong"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("no json", 4400),
        ("[]", 4400),
        ("1", 4400),
        ('{"type": "nonsense"}', 4400),
        ('{"type": "subscribe", "id": 1, "payload": {}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": null}', 4400),
        ('{"type": "connection_init"}', 4429),
        ('{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": []}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "extensions": "x"}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"extensions": {}}}', 4400),
        ('{"type": "complete"}', 4400),
        ('{"type": "ping", "payload": 1}', 4400),
        (b"binary", 4400),  # even of good messages
        ("[" * 50_000, 4400),
        ("x" * 70_000, 4400),
        ('"' + "é" * 40_000 + '"', 4400),  # 64 KB are bytes
    ],
)
async def test_malformed_messages_close_the_socket(
    scene: Scene, server: Server, message: str | bytes, code: int
) -> None:
    async with socket(server) as connection:
        await connection.send(message)
        assert await closed(connection) == code


async def test_what_the_protocol_refuses(scene: Scene, server: Server) -> None:
    url = server.url.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
        await send(connection, id="1", type="subscribe", payload={"query": "{ __typename }"})
        assert await closed(connection) == 4401
    async with connect(url, subprotocols=["graphql-ws"]) as connection:  # type: ignore[list-item]
        assert await closed(connection) == 4406
    async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
        await send(connection, type="connection_init", payload={"token": "wrong"})
        assert await closed(connection) == 4403
    async with socket(server, scene.token(scene.founder)) as connection:
        await subscribe(connection, FOLLOW, id=gid(scene.room))
        variables = {"id": gid(scene.room)}
        await send(connection, id="1", type="subscribe", payload={"query": FOLLOW, "variables": variables})
        assert await closed(connection) == 4409


async def test_the_reference_client_survives_a_restart(scene: Scene, own_server: Server) -> None:
    server = own_server
    url = server.url.replace("http", "ws") + "/graphql"
    client = LiveClient(url, scene.token(scene.founder), gid(scene.room))
    seen: list[str] = []

    async def follow() -> None:
        async for event in client.events():
            seen.append(event["kind"])

    task = asyncio.create_task(follow())
    async with asyncio.timeout(10):
        while client.cursor is None:
            await asyncio.sleep(0.05)
    await scene.news(server, "Before")
    assert await database_sync_to_async(server.stop)() == 0
    await database_sync_to_async(post_update)(scene.room, actor=scene.founder, text="Meanwhile")
    await database_sync_to_async(server.start)()
    await scene.news(server, "After")
    async with asyncio.timeout(20):
        while len(seen) < 3:
            await asyncio.sleep(0.05)
    task.cancel()
    assert seen == ["workspace.update_posted"] * 3
    assert client.connections >= 2
    with pytest.raises(Ended):
        async for _ in LiveClient(url, scene.token(scene.stranger), gid(scene.room)).events():
            pass
