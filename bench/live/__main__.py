"""Delivery of live updates on one daphne process, by this design and the stock way, in one run.

python -m bench.live [--sockets 200 1000 5000] [--seconds 20]

Needs the programs of PostgreSQL and Redis, which it starts for itself. Prints for each number of sockets: deliveries,
p50 and p99 from before the write to the arrival in milliseconds, the server's CPU in milliseconds a delivery, resident
memory in KB a socket, and the ratios of the two ways.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any, cast

import psutil
from rich.console import Console
from rich.table import Table

from bench.live.crowd import Crowd
from tests.faults.stand import ROOT, Daphne, Postgres, Redis
from tests.faults.storm import environment, in_process

WORKSPACES, PUPILS = 100, 10
A_SECOND = 20
SETTLE = 3.0  # seconds
DEAF_TEXT, DEAF_A_SECOND, DEAF_SECONDS = 8_000, 100, 30  # 24 MB to each client that does not read


class Stock(Daphne):
    program, application = "daphne", "bench.live.stock:application"


@dataclass(frozen=True)
class Figures:
    """What one way cost with so many sockets."""

    deliveries: int
    p50: float
    p99: float
    cpu: float
    memory: float


@contextmanager
def stand() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """PostgreSQL and Redis of our own, with workspaces; gives the environment and what was seeded."""
    with tempfile.TemporaryDirectory(prefix="etwinning-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        postgres, redis = Postgres(Path(folder) / "cluster").create(), Redis().start()
        try:
            given = environment(postgres.url, redis.url)
            in_process(given, "manage.py", "migrate", "--verbosity", "0")
            yield given, in_process(given, "-m", "bench.live.seed", str(WORKSPACES), str(PUPILS))
        finally:
            redis.kill()
            postgres.control("stop", "-m", "immediate")


@contextmanager
def written(given: dict[str, str], seeded: dict[str, Any], way: str, a_second: float = A_SECOND) -> Iterator[None]:
    """Posts are written all the while."""
    command = [sys.executable, "-m", "bench.live.writer", str(a_second), way]
    writer = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given}, stdin=subprocess.PIPE, text=True)
    try:
        with cast(IO[str], writer.stdin) as threads:
            json.dump(seeded, threads)
        yield
    finally:
        writer.kill()
        writer.wait()


async def measure(given: dict[str, str], seeded: dict[str, Any], way: str, sockets: int, seconds: float) -> Figures:
    server = (Daphne if way == "design" else Stock)(given).start()
    process = psutil.Process(server.pid)
    crowd = Crowd(server.url, way)
    try:
        first, *others = seats(seeded, sockets)
        await crowd.come([first])
        empty = process.memory_info().rss
        await crowd.come(others)
        await asyncio.sleep(SETTLE)
        memory = (process.memory_info().rss - empty) / len(others) / 1024
        with written(given, seeded, way):
            await asyncio.sleep(SETTLE)
            crowd.delays.clear()
            before = sum(process.cpu_times()[:2])
            await asyncio.sleep(seconds)
            spent, delays = sum(process.cpu_times()[:2]) - before, sorted(crowd.delays)
        await crowd.leave()
    finally:
        server.kill()
    percentiles = statistics.quantiles(delays, n=100)
    return Figures(len(delays), percentiles[49] * 1000, percentiles[98] * 1000, spent / len(delays) * 1000, memory)


async def measure_deaf(given: dict[str, str], seeded: dict[str, Any]) -> float:
    """What a client costs that subscribes and never reads, in MB, once far more was written than buffers hold."""
    server = Daphne(given).start()
    process = psutil.Process(server.pid)
    room = seeded["rooms"][0]
    crowd = Crowd(server.url, "design")
    try:
        await crowd.come((room, token) for token in room["tokens"])
        crowd.stop_reading()
        before = process.memory_info().rss
        flood = {"rooms": [room], "writer": seeded["writer"], "filling": "x" * DEAF_TEXT}
        peak = before
        with written(given, flood, "design", DEAF_A_SECOND):
            for _ in range(DEAF_SECONDS):
                await asyncio.sleep(1)
                peak = max(peak, process.memory_info().rss)
        await crowd.leave()
    finally:
        server.kill()
    return (peak - before) / len(crowd.sockets) / 1024 / 1024


def seats(seeded: dict[str, Any], count: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Workspace and token for so many sockets: spread over all workspaces, at most five a person."""
    rooms = seeded["rooms"]
    every = [(room, room["tokens"][n]) for n in range(PUPILS) for room in rooms]
    return islice(cycle(every), count)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, nargs="+", default=[200, 1000, 5000])
    parser.add_argument("--seconds", type=float, default=20, help="how long each is measured")
    asked = parser.parse_args()
    console = Console()
    table = Table(title=f"{WORKSPACES} workspaces, {A_SECOND} events a second, one daphne process")
    for name in ("sockets", "way", "deliveries", "p50 ms", "p99 ms", "CPU ms", "KB"):
        table.add_column(name, justify="right")
    with console.status("Starting PostgreSQL and Redis, writing workspaces …"), stand() as (given, seeded):
        for sockets in asked.sockets:
            found = {}
            for way in ("design", "stock"):
                console.print(f"{sockets} sockets, {way} …")
                found[way] = it = await measure(given, seeded, way, sockets, asked.seconds)
                row = (str(it.deliveries), f"{it.p50:.1f}", f"{it.p99:.1f}", f"{it.cpu:.3f}", f"{it.memory:.1f}")
                table.add_row(str(sockets), way, *row)
            design, stock = found["design"], found["stock"]
            ratios = (f"{getattr(design, k) / getattr(stock, k):.3f}" for k in ("p50", "p99", "cpu", "memory"))
            table.add_row("", "ratio", "", *ratios, end_section=True)
        console.print("Clients that never read …")
        deaf = await measure_deaf(given, seeded)
    console.print(table)
    console.print(f"A client that never reads costs {deaf:.2f} MB at the most.")


if __name__ == "__main__":
    asyncio.run(main())
