"""Eight writers and some followers while faults strike; then the books are compared."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.people import Follower, Writer
from tests.faults.stand import ROOT, Daphne

Fault = Callable[[], Awaitable[None]]
SECRET = "only-for-the-fault-suite-" + "0" * 40


def environment(database_url: str, redis_url: str = "") -> dict[str, str]:
    return {
        "DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": SECRET, "DEBUG": "0", "HTTPS": "0",
        "VAR_DIR": tempfile.mkdtemp(prefix="etwinning-faults-"), "DATABASE_POOL": "10", "LOG_LEVEL": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    }  # fmt: skip


def in_process(given: dict[str, str], *command: str) -> Any:
    """Run a module or manage.py on the storm's database; returns what it prints as JSON, if it does."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout) if done.stdout.startswith("{") else None


@dataclass
class Storm:
    """What happens: writers write, followers follow, faults strike one after the other."""

    given: dict[str, str]
    servers: list[Daphne]
    writers: list[Writer] = field(default_factory=list)
    followers: list[Follower] = field(default_factory=list)
    seeded: dict[str, Any] = field(default_factory=dict)

    def prepare(self, writers: int = 8, followers: int = 6) -> None:
        in_process(self.given, "manage.py", "migrate", "--verbosity", "0")
        self.seeded = in_process(self.given, "-m", "tests.faults.seed", str(writers), str(followers))
        for server in self.servers:
            server.start()
        urls = [server.url for server in self.servers]
        thread, room = self.seeded["thread"], self.seeded["workspace"]
        self.writers = [Writer(f"w{n}", token, thread, urls) for n, token in enumerate(self.seeded["writers"])]
        self.followers = [
            Follower(urls[n % len(urls)], token, room) for n, token in enumerate(self.seeded["followers"])
        ]

    @property
    def acknowledged(self) -> int:
        return sum(len(writer.acknowledged) for writer in self.writers)

    @property
    def tries(self) -> int:
        return sum(writer.tries for writer in self.writers)

    async def rage(self, faults: list[Fault], *, pause: float = 0.05, calm: float = 1.5, at_least: int = 0) -> None:
        """Faults strike one by one with some calm between them; ends when all followers have seen the head."""
        stop = asyncio.Event()
        following = [asyncio.create_task(follower.follow()) for follower in self.followers]
        async with asyncio.timeout(30):
            while not all(f.client and f.client.cursor for f in self.followers):
                await asyncio.sleep(0.05)
        writing = [asyncio.create_task(writer.write(stop, pause)) for writer in self.writers]
        await asyncio.sleep(calm)
        for fault in faults:
            await fault()
            await asyncio.sleep(calm)
        while self.acknowledged < at_least:
            await asyncio.sleep(0.2)
        stop.set()
        await asyncio.gather(*writing)
        await self._all_caught_up()
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)

    async def _all_caught_up(self) -> None:
        head = (await asyncio.to_thread(self.books))["head"]
        async with asyncio.timeout(60):
            while any(not f.ended and (not f.seqs or f.seqs[-1] < head) for f in self.followers):
                await asyncio.sleep(0.1)

    def books(self, revoke: str = "") -> dict[str, Any]:
        found: dict[str, Any] = in_process(self.given, "-m", "tests.faults.ledger", *([revoke] if revoke else []))
        return found

    def check(self) -> dict[str, Any]:
        """0 lost, 0 duplicated, 0 reordered for everybody; rows = head = posts."""
        books = self.books()
        acknowledged = [text for writer in self.writers for text in writer.acknowledged]
        assert books["broken"] == []
        assert books["written_twice"] == []
        assert sorted(books["texts"]) == sorted(acknowledged), "posts are exactly what was acknowledged"
        assert books["post_events"] == books["posts"] == len(acknowledged)
        assert books["entries"] == books["head"]
        assert [writer.refused for writer in self.writers] == [[]] * len(self.writers)
        for follower in self.followers:
            assert follower.resyncs == 0
            first = follower.seqs[0]
            assert follower.seqs == list(range(first, first + len(follower.seqs))), "in order, without gap or repeat"
            if not follower.ended:
                assert follower.seqs[-1] == books["head"]
                assert sorted(follower.texts) == sorted(acknowledged)
        return books

    def stop(self) -> None:
        for server in self.servers:
            if server.process and server.process.poll() is None:
                server.kill()
