"""The peers as processes, pinned to one core, and what they and the database spend."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.requests.without import GAINS
from tests.faults.stand import ROOT, free_port, wait_for

SERVER_CORE, LOAD_CORE = 0, 1
POSTGRAPHILE = Path(__file__).parents[1] / "peers" / "postgraphile"
OURS = "backend.config.asgi:application"
PYTHON = (sys.executable, "-m")
ADDRESS = ("-b", "127.0.0.1", "-p", "{port}")
DAPHNE = (*PYTHON, "backend.config.server", *ADDRESS)
UVICORN = (*PYTHON, "uvicorn", "--port", "{port}", "--log-level", "warning", "--lifespan", "off")
GRANIAN = (*PYTHON, "granian", "--interface", "asginl", "--port", "{port}", "--no-log")
COMMANDS = {
    "etwinning": (*DAPHNE, OURS),
    "two processes": (*DAPHNE, "--reuse-port", OURS),
    "uvicorn": (*UVICORN, OURS),
    "granian": (*GRANIAN, OURS),
    "stock": (*PYTHON, "daphne", *ADDRESS, "bench.peers.asgi:application"),
    "raw": (*UVICORN, "bench.peers.raw:application"),
    **{f"without {gain}": (*PYTHON, "bench.requests.without", gain, *ADDRESS, OURS) for gain in GAINS},
    "postgraphile": (str(POSTGRAPHILE / "node_modules/.bin/node"), str(POSTGRAPHILE / "server.mjs"), "{port}"),
}


@dataclass
class Server:
    """A running peer."""

    name: str
    port: int
    processes: list[psutil.Popen]

    def cpu(self) -> float:
        """Seconds that its processes and their children have spent."""
        every = [one for process in self.processes for one in (process, *process.children(recursive=True))]
        return sum(sum(one.cpu_times()[:2]) for one in every)


def database_cpu() -> float:
    """Seconds that PostgreSQL's processes have spent; those that ended, such as parallel workers, in their parent's books."""
    total = 0.0
    for process in psutil.process_iter(["name", "cpu_times"]):
        if process.info["name"] == "postgres" and process.info["cpu_times"]:
            total += sum(process.info["cpu_times"][:4])
    return total


@contextmanager
def running(kind: str, environment: dict[str, str], cores: tuple[int, ...] = (SERVER_CORE,)) -> Iterator[Server]:
    """One process a core, all on one port, until the end of the block."""
    port = free_port()
    command = [part.format(port=port) for part in COMMANDS[kind]]
    server = Server(kind, port, [])
    try:
        for core in cores:
            server.processes.append(psutil.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL))
            server.processes[-1].cpu_affinity([core])
        wait_for(lambda: _listens(port), f"{kind} does not start", seconds=120)
        yield server
    finally:
        for process in server.processes:
            for child in process.children(recursive=True):
                child.kill()
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def ask(server: Server, requests: list[str], *, clients: int, seconds: float) -> dict[str, Any]:
    """The load's latencies, and CPU of server and database in milliseconds a request."""
    task = {"port": server.port, "requests": requests, "clients": clients, "seconds": seconds}
    before, base = server.cpu(), database_cpu()
    load = psutil.Popen(
        [sys.executable, "-m", "bench.requests.load"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    load.cpu_affinity([LOAD_CORE])
    out, _ = load.communicate(json.dumps(task).encode())
    result: dict[str, Any] = json.loads(out)
    done = len(result["latencies"])
    if not done:
        raise RuntimeError(f"{server.name} does not answer.")
    result["server"] = (server.cpu() - before) / done * 1000
    result["database"] = (database_cpu() - base) / done * 1000
    result["failed"] /= done
    result["rate"] = done / result["seconds"]
    time.sleep(0.1)
    return result
