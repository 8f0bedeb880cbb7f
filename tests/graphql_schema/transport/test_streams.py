"""Subscriptions over HTTP, against a real daphne process."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from channels.db import database_sync_to_async

from backend.accounts.sign_in import issue_token, revoke_token
from backend.workspaces.models import Workspace
from tests.factories.people import teacher
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server
from tests.support.sockets import ask, mutate

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

EVENTS, PARTS = "text/event-stream", "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json;q=0.9"
FOLLOW = """subscription($id: ID!, $after: String) { workspaceUpdates(workspaceId: $id, after: $after) { __typename
  ... on WorkspaceEvent { seq cursor kind } ... on Heartbeat { cursor } ... on Resume { cursor } } }"""
PRESENT = (
    "subscription($id: ID!) { presenceUpdates(workspaceId: $id) { ... on PresentNow { members { person { name } } } } }"
)


@pytest.fixture
def room(transactional_db: None) -> Workspace:
    return workspace()


@pytest.fixture
def token(room: Workspace) -> str:
    return issue_token(room.project.founders[0].person)


class Reader:
    """Reads one stream, update by update."""

    def __init__(self, response: httpx.Response) -> None:
        self.response, self.rest, self.chunks = response, "", response.aiter_text()
        self.separator = "\n\n" if EVENTS in response.headers["content-type"] else "\r\n--graphql"

    async def next(self) -> str:
        async with asyncio.timeout(8):
            while self.separator not in self.rest:
                self.rest += await anext(self.chunks)
        found, _, self.rest = self.rest.partition(self.separator)
        return found

    async def update(self) -> Any:
        """The next update of the only root field; signs of life are passed over."""
        while True:
            found = await self.next()
            if "data: " in found:
                assert found.startswith("event: next\ndata: "), found
                payload = json.loads(found.partition("data: ")[2])
            elif '"payload"' in found:
                head, _, text = found.partition("\r\n\r\n")
                assert head.strip() == "Content-Type: application/json; charset=utf-8"
                payload = json.loads(text)["payload"]
            else:
                continue
            (update,) = payload["data"].values()
            return update


@asynccontextmanager
async def stream(
    server: Server, token: str, accept: str, document: str = FOLLOW, **variables: Any
) -> AsyncIterator[Reader]:
    headers = {"Accept": accept, "Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
    body = {"query": document, "variables": variables}
    async with (
        httpx.AsyncClient(headers=headers, timeout=20) as client,
        client.stream("POST", f"{server.url}/graphql", json=body) as response,
    ):
        assert response.status_code == 200, await response.aread()
        assert "content-encoding" not in response.headers
        yield Reader(response)


@pytest.mark.parametrize("accept", [EVENTS, PARTS])
async def test_updates_arrive_as_they_happen_and_after_a_cursor(
    room: Workspace, token: str, server: Server, accept: str
) -> None:
    async with stream(server, token, accept, id=gid(room)) as reader:
        first = await reader.update()
        assert first["__typename"] == "Heartbeat"
        for text in ("One", "Two"):
            await mutate(server, token, "postUpdate", workspaceId=gid(room), text=text)
            event = await reader.update()
            assert event["kind"] == "workspace.update_posted"
    async with stream(server, token, accept, id=gid(room), after=first["cursor"]) as reader:
        await reader.update()
        seen = [(await reader.update())["seq"] for _ in range(2)]
    assert seen == [event["seq"] - 1, event["seq"]]


@pytest.mark.parametrize(("accept", "end"), [(EVENTS, "event: complete\ndata:"), (PARTS, "")])
async def test_a_stream_ends_with_the_right_to_read_it(
    room: Workspace, token: str, server: Server, accept: str, end: str
) -> None:
    other = await database_sync_to_async(lambda: issue_token(room.project.founders[1].person))()
    async with stream(server, token, accept, id=gid(room)) as reader:
        await reader.update()
        await database_sync_to_async(revoke_token)(token)
        await mutate(server, other, "postUpdate", workspaceId=gid(room), text="Secret")
        assert await reader.update() == {"__typename": "AccessEnded"}
        if end:
            assert await reader.next() == end
        assert (reader.rest + "".join([chunk async for chunk in reader.chunks])) == ("" if end else "--\r\n")


async def test_whoever_goes_is_gone(room: Workspace, token: str, server: Server) -> None:
    founder, other = await database_sync_to_async(lambda: [m.person for m in room.project.founders])()
    second = await database_sync_to_async(issue_token)(other)

    async def people(reader: Reader) -> set[str]:
        return {found["person"]["name"] for found in (await reader.update())["members"]}

    async with stream(server, token, EVENTS, PRESENT, id=gid(room)) as reader:
        assert await people(reader) == {str(founder)}
        async with stream(server, second, EVENTS, PRESENT, id=gid(room)):
            assert await people(reader) == {str(founder), str(other)}
        assert await people(reader) == {str(founder)}


@pytest.mark.parametrize("accept", [EVENTS, PARTS])
async def test_what_cannot_begin_is_refused_at_once(room: Workspace, token: str, server: Server, accept: str) -> None:
    async with httpx.AsyncClient(headers={"Accept": accept, "Authorization": f"Bearer {token}"}) as client:
        wrong = await client.post(f"{server.url}/graphql", json={"query": "subscription { nothing }"})
        stranger = await client.post(
            f"{server.url}/graphql",
            json={"query": FOLLOW, "variables": {"id": gid(room)}},
            headers={"Authorization": "Bearer wrong"},
        )
        query = await client.post(f"{server.url}/graphql", json={"query": "{ __typename }"})
    assert '"code":"BAD_REQUEST"' in wrong.text
    assert wrong.status_code == (200 if accept == EVENTS else 400)
    assert stranger.status_code == 401
    assert query.headers["content-type"].partition(";")[0] == (EVENTS if accept == EVENTS else "application/json")


async def test_twenty_streams_a_person(token: str, room: Workspace, server: Server) -> None:
    document = "subscription { notificationAdded { __typename } }"
    async with httpx.AsyncClient(headers={"Accept": EVENTS, "Authorization": f"Bearer {token}"}) as client:
        request = client.build_request("POST", f"{server.url}/graphql", json={"query": document})
        opened = [await client.send(request, stream=True) for _ in range(20)]
        assert [answer.status_code for answer in opened] == [200] * 20
        refused = await client.post(f"{server.url}/graphql", json={"query": document})
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "TOO_MANY_STREAMS")
        await opened[0].aclose()
        for _ in range(200):  # a busy machine hears late that somebody went; a sign of life is tried every 10 s
            again = await client.send(request, stream=True)
            if again.status_code == 200:
                break
            await again.aclose()
            await asyncio.sleep(0.1)
        assert again.status_code == 200
        for answer in (*opened, again):
            await answer.aclose()


async def test_before_a_restart_streams_say_where_to_resume(own_server: Server, room: Workspace, token: str) -> None:
    async with stream(own_server, token, EVENTS, id=gid(room)) as reader:
        first = await reader.update()
        stopping = asyncio.create_task(asyncio.to_thread(own_server.stop))
        assert await reader.update() == {"__typename": "Resume", "cursor": first["cursor"]}
        assert await reader.next() == "event: complete\ndata:"
        assert await stopping == 0


async def test_streams_hold_no_connection(room: Workspace, server: Server, token: str) -> None:
    """More streams than the pool has connections, and everybody else is still served."""
    people = await database_sync_to_async(lambda: [issue_token(teacher()) for _ in range(12)])()
    document = "subscription { notificationAdded { __typename } }"
    async with httpx.AsyncClient(headers={"Accept": EVENTS}) as client:
        opened = [
            await client.send(
                client.build_request(
                    "POST",
                    f"{server.url}/graphql",
                    json={"query": document},
                    headers={"Authorization": f"Bearer {each}"},
                ),
                stream=True,
            )
            for each in people
        ]
        assert (await ask(server, token, "{ viewer { person { name } } }"))["viewer"]
        for answer in opened:
            await answer.aclose()
