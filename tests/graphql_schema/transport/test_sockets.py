"""What a socket may hold, how it is counted, and documents named by their id."""

import asyncio
import hashlib
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.core.cache import cache
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.accounts.sign_in import issue_token
from graphql_schema.websocket import places
from tests.factories.people import teacher
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server
from tests.support.sockets import closed, receive, send, socket, subscribe, update

live = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PRESENT = "subscription($id: ID!) { presenceUpdates(workspaceId: $id) { ... on PresentNow { count } } }"
INBOX = "subscription { notificationAdded { __typename } }"


@pytest.fixture
def token(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue("transactional_db")
    return issue_token(teacher())


async def on_socket(server: Server, token: str, **payload: Any) -> Any:
    async with socket(server, token) as connection:
        await send(connection, id="1", type="subscribe", payload=payload)
        return await receive(connection)


class TestLive:
    pytestmark = live

    async def test_a_socket_that_says_nothing_is_closed_after_five_seconds(self, server: Server) -> None:
        url = server.url.replace("http", "ws") + "/graphql"
        begun = asyncio.get_running_loop().time()
        async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
            await connection.wait_closed()
            assert connection.close_code == 4408
        assert 4.5 < asyncio.get_running_loop().time() - begun < 8

    async def test_a_token_in_the_address_says_nothing(self, server: Server, token: str) -> None:
        url = server.url.replace("http", "ws") + f"/graphql?token={token}"
        async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
            await send(connection, type="connection_init", payload=None)
            assert (await receive(connection))["type"] == "connection_ack"
            await send(connection, id="1", type="subscribe", payload={"query": "{ viewer { login } }"})
            assert (await receive(connection))["payload"]["data"] == {"viewer": None}

    async def test_a_wrong_token_is_not_acknowledged(self, server: Server) -> None:
        url = server.url.replace("http", "ws") + "/graphql"
        async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
            await send(connection, type="connection_init", payload={"token": "wrong"})
            with pytest.raises(ConnectionClosed):
                await connection.recv()
            assert connection.close_code == 4403

    async def test_what_is_far_too_large_is_not_even_collected(self, server: Server) -> None:
        async with socket(server) as connection:
            with suppress(ConnectionClosed):
                await connection.send("x" * 2_000_000)
            assert await closed(connection) in {1006, 1009}  # the line may be cut before the close is read

    async def test_twenty_subscriptions_a_socket(self, server: Server, token: str) -> None:
        async with socket(server, token) as connection:
            for n in range(20):
                await subscribe(connection, INBOX, key=str(n))
            await send(connection, id="20", type="subscribe", payload={"query": INBOX})
            message = await receive(connection)
            assert (message["id"], message["type"]) == ("20", "error")
            assert message["payload"][0]["extensions"] == {"code": "TOO_MANY_SUBSCRIPTIONS", "limit": 20}
            await send(connection, id="0", type="complete")
            assert (await subscribe(connection, INBOX, key="20"))["__typename"] == "Heartbeat"

    async def test_five_sockets_a_person(self, server: Server, token: str) -> None:
        opened = [socket(server, token) for _ in range(5)]
        for each in opened:
            await each.__aenter__()
        url = server.url.replace("http", "ws") + "/graphql"
        async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
            await send(connection, type="connection_init", payload={"token": token})
            assert await closed(connection) == 4429
        for each in opened:
            await each.__aexit__(None, None, None)
        async with socket(server, token):
            pass

    async def test_complete_ends_the_servers_side(self, server: Server) -> None:
        room = await database_sync_to_async(workspace)()
        one, two = await database_sync_to_async(lambda: [issue_token(m.person) for m in room.project.founders])()
        async with socket(server, one) as watching, socket(server, two) as leaving:
            assert await subscribe(watching, PRESENT, id=gid(room)) == {"count": 1}
            assert await subscribe(leaving, PRESENT, id=gid(room)) == {"count": 2}
            assert await update(watching) == {"count": 2}
            await send(leaving, id="1", type="complete")
            assert await update(watching) == {"count": 1}

    async def test_documents_by_their_id(self, server: Server, token: str) -> None:
        text = f"query Automatic{uuid4().hex} {{ viewer {{ login }} }}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        unknown = await on_socket(server, token, query="", extensions=extensions)
        assert (unknown["type"], unknown["payload"][0]["message"]) == ("error", "PersistedQueryNotFound")
        for payload in (
            {"query": text, "extensions": extensions},
            {"query": "", "extensions": extensions},
            {"documentId": f"sha256:{digest}"},
            {"query": "", "extensions": {"documentId": f"sha256:{digest}"}},
        ):
            answer = await on_socket(server, token, **payload)
            assert answer["payload"]["data"]["viewer"]["login"], payload
        wrong = await on_socket(server, token, documentId="sha256:0")
        assert wrong["payload"][0]["extensions"]["code"] == "PERSISTED_DOCUMENT_NOT_FOUND"


async def test_places_are_counted_where_all_processes_look() -> None:
    person = uuid4()
    taken = [await places.take(person) for _ in range(5)]
    assert taken == [f"socket:{person}:{n}" for n in range(5)]
    assert await places.take(person) is None
    assert await places.take(uuid4())
    await places.give_back(f"socket:{person}:2")
    cache.add(f"socket:{person}:2", True)  # another process was quicker
    assert await places.take(person) is None
    for place in taken:
        await places.give_back(str(place))
        cache.delete(str(place))


async def test_without_the_cache_nobody_is_turned_away(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert await places.take(uuid4()) == ""
