"""Nothing is lost, doubled or reordered, whatever dies. FAULTS=long makes it the long form."""

import asyncio
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.stand import Daphne, Postgres, Redis
from tests.faults.storm import Fault, Storm, environment

pytestmark = pytest.mark.faults

LONG = os.environ.get("FAULTS") == "long"
ROUNDS, AT_LEAST, PAUSE = (4, 10_000, 0.01) if LONG else (1, 0, 0.05)


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[tuple[Storm, Postgres, Redis]]:
    for program in ("redis-server", "pg_lsclusters"):
        if not shutil.which(program):
            assert not os.environ.get("CI"), f"CI needs {program}"
            pytest.skip(f"{program} is not installed; this storm needs it.")
    postgres, redis = Postgres(Path("/tmp") / f"etw-{os.getpid()}").create(), Redis().start()
    given = environment(postgres.url, redis.url)
    storm = Storm(given, [Daphne(given), Daphne(given)])
    try:
        storm.prepare()
        yield storm, postgres, redis
    finally:
        storm.stop()
        redis.kill()
        postgres.control("stop", "-m", "immediate")
        shutil.rmtree(postgres.folder.parent, ignore_errors=True)


def frozen(server: Daphne) -> socket.socket:
    """A client that connects and never reads again."""
    client = socket.create_connection(("127.0.0.1", server.port))
    client.sendall(
        b"GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    )
    return client


def kill(server: Daphne) -> Fault:
    async def strike() -> None:
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)

    return strike


def restart(server: Daphne) -> Fault:
    async def strike() -> None:
        assert await asyncio.to_thread(server.stop) == 0
        await asyncio.to_thread(server.start)

    return strike


def revoke(storm: Storm) -> Fault:
    async def strike() -> None:
        """The last follower is removed; its stream ends, and what is written later never reaches it."""
        last = storm.followers[-1]
        heard = len(last.texts)
        await until(lambda: len(last.texts) > heard, 30)  # connected, after whatever struck before
        await asyncio.to_thread(storm.books, storm.seeded["memberships"][-1])
        removed_at = time.monotonic()
        await until(lambda: last.ended, 3)
        print(f"A removed member's stream ended within {time.monotonic() - removed_at:.2f} s")
        assert "NO_ACCESS" in last.ended

    return strike


def redis_away(storm: Storm, redis: Redis) -> Fault:
    async def strike() -> None:
        """While Redis is away every mutation succeeds at the first try, followers are at most three seconds late, and
        no socket closes."""
        heard = [len(follower.texts) for follower in storm.followers]
        await until(lambda: all(len(f.texts) > n for f, n in zip(storm.followers, heard, strict=True)), 30)
        redis.kill()
        await asyncio.sleep(0.5)
        tries, acknowledged = storm.tries, storm.acknowledged
        connections = [follower.connections for follower in storm.followers]
        await asyncio.sleep(3)
        said = {text for writer in storm.writers for text in writer.acknowledged}
        await asyncio.sleep(3)
        assert [len(said - set(follower.texts)) for follower in storm.followers] == [0] * len(storm.followers)
        assert [follower.connections for follower in storm.followers] == connections
        in_flight = len(storm.writers)
        assert storm.acknowledged - acknowledged > 0
        assert (storm.tries - tries) - (storm.acknowledged - acknowledged) <= in_flight
        await asyncio.to_thread(redis.start)

    return strike


async def until(holds: Callable[[], object], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)


def immediate_restart(postgres: Postgres) -> Fault:
    async def strike() -> None:
        await asyncio.to_thread(postgres.control, "restart", "-m", "immediate")

    return strike


async def test_two_processes_on_postgresql_and_redis(on_postgres: tuple[Storm, Postgres, Redis]) -> None:
    storm, postgres, redis = on_postgres
    one, two = storm.servers
    still = frozen(one)
    faults = [kill(one), redis_away(storm, redis), immediate_restart(postgres), restart(one), restart(two)]
    await storm.rage([*faults * ROUNDS, revoke(storm)], pause=PAUSE, at_least=AT_LEAST)
    books = storm.check()
    still.close()
    connections = sum(follower.connections for follower in storm.followers)
    print(f"{books['posts']} mutations acknowledged, {storm.tries} tries, {connections} connections")


async def test_one_process_on_sqlite(tmp_path: Path) -> None:
    given = environment(f"sqlite:///{tmp_path / 'storm.sqlite3'}")
    storm = Storm(given, [Daphne(given)])
    try:
        storm.prepare()
        (server,) = storm.servers
        still = frozen(server)
        faults = [kill(server), restart(server), kill(server)]
        await storm.rage([*faults * ROUNDS, revoke(storm)], pause=PAUSE, at_least=AT_LEAST)
        books = storm.check()
        still.close()
        print(f"{books['posts']} mutations acknowledged, {storm.tries} tries")
    finally:
        storm.stop()
