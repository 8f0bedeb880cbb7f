"""The peers as processes, pinned to one core, and what they and the database spend."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

from tests.faults.stand import ROOT, free_port, wait_for

SERVER_CORE, LOAD_CORE = 0, 1
DAPHNE = [
    sys.executable,
    "-m",
    "backend.config.server",
    "-b",
    "127.0.0.1",
    "-p",
    "{port}",
    "backend.config.asgi:application",
]
COMMANDS = {
    "etwinning": DAPHNE,
    "stock": [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "bench.peers.asgi:application"],
    "raw": [
        sys.executable,
        "-m",
        "uvicorn",
        "--port",
        "{port}",
        "--log-level",
        "warning",
        "bench.peers.raw:application",
    ],
}


@dataclass
class Server:
    """A running peer."""

    name: str
    port: int
    process: psutil.Popen

    def cpu(self) -> float:
        """Seconds that the process and its children have spent."""
        every = [self.process, *self.process.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in every)


def database_cpu() -> float:
    """Seconds that PostgreSQL's processes have spent."""
    total = 0.0
    for process in psutil.process_iter(["name", "cpu_times"]):
        if process.info["name"] == "postgres" and process.info["cpu_times"]:
            total += process.info["cpu_times"].user + process.info["cpu_times"].system
    return total


@contextmanager
def running(name: str, settings: dict[str, str]) -> Iterator[Server]:
    """The peer, pinned, until the end of the block."""
    port = free_port()
    command = [part.format(port=port) for part in COMMANDS[name]]
    process = psutil.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    process.cpu_affinity([SERVER_CORE])
    try:
        wait_for(lambda: _listens(port), f"{name} does not start")
        yield Server(name, port, process)
    finally:
        for child in process.children(recursive=True):
            child.kill()
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def ask(server: Server, request: str, *, clients: int, seconds: float) -> dict[str, Any]:
    """The load's latencies, and CPU of server and database in milliseconds a request."""
    task = {"port": server.port, "request": request, "clients": clients, "seconds": seconds}
    before, base = server.cpu(), database_cpu()
    load = psutil.Popen(
        [sys.executable, "-m", "bench.requests.load"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    load.cpu_affinity([LOAD_CORE])
    out, _ = load.communicate(json.dumps(task).encode())
    result: dict[str, Any] = json.loads(out)
    done = len(result["latencies"])
    if result["failures"] or not done:
        raise RuntimeError(f"{server.name}: {result['failures'] or 'no answer'}")
    result["server"] = (server.cpu() - before) / done * 1000
    result["database"] = (database_cpu() - base) / done * 1000
    result["rate"] = done / seconds
    time.sleep(0.1)
    return result
