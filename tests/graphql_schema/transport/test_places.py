"""Five sockets a person, on however many processes: they share Redis, and what a killed one held comes back."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from channels.db import database_sync_to_async
from websockets.asyncio.client import connect

from backend.accounts.models import Person
from backend.accounts.sign_in import issue_token
from graphql_schema.websocket.places import LEASE
from tests.factories.people import teacher
from tests.support import redis_server
from tests.support.server import Server
from tests.support.sockets import closed, send, socket

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def shared() -> Any:
    return redis_server.running()


@pytest.fixture
def two(shared: Any, tmp_path: Path, db: None) -> Iterator[list[Server]]:
    started = [Server(tmp_path, REDIS_URL=redis_server.URL).start() for _ in range(2)]
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
