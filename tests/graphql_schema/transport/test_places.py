"""Five sockets a person, on however many processes: they share Redis, and what a killed one held comes back."""

import os
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import redis
from channels.db import database_sync_to_async
from websockets.asyncio.client import connect

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token
from graphql_schema.websocket.places import LEASE
from tests.factories.people import teacher
from tests.support.server import Server
from tests.support.sockets import closed, send, socket

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/3"


@pytest.fixture
def shared() -> Any:
    found = redis.Redis.from_url(REDIS, socket_timeout=1)
    try:
        found.ping()
    except redis.ConnectionError:
        pytest.skip("Redis is not running.")
    return found


@pytest.fixture
def two(shared: Any, tmp_path: Path, db: None) -> Iterator[list[Server]]:
    started = [Server(tmp_path, REDIS_URL=REDIS).start() for _ in range(2)]
    yield started
    for each in started:
        each.stop()


async def refused(server: Server, token: str) -> bool:
    url = server.url.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
        await send(connection, type="connection_init", payload={"token": token})
        return await closed(connection) == 4429


async def test_five_sockets_on_two_processes(two: list[Server], shared: Any, transactional_db: None) -> None:
    one, other = two
    person, token = await _somebody()
    async with AsyncExitStack() as stay:
        async with AsyncExitStack() as doomed:
            for _ in range(3):
                await doomed.enter_async_context(socket(one, token))
            for _ in range(2):
                await stay.enter_async_context(socket(other, token))
            assert [await refused(server, token) for server in two] == [True, True]
            assert one.process
            one.process.kill()
            one.process.wait()
            assert await refused(other, token)
        places = sorted(shared.keys(f"*socket:{person.pk}:*"))
        assert len(places) == 5
        assert all(0 < shared.ttl(place) <= LEASE for place in places)
        for place in places[:3]:  # the first three were the killed one's: their lease ends
            shared.delete(place)
        for _ in range(3):
            await stay.enter_async_context(socket(other, token))
        assert await refused(other, token)


async def _somebody() -> tuple[Person, str]:
    def make() -> tuple[Person, str]:
        person = teacher()
        return person, issue_token(person)

    return await database_sync_to_async(make)()
