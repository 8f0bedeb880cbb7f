"""The servers of the fault suite, each ours to kill: PostgreSQL, Redis and daphne processes on free ports."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(ready: Callable[[], bool], what: str, seconds: float = 40) -> None:
    """Poll until ready; what is not ready in time fails with its name."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():
                return
        except (OSError, httpx.HTTPError, psycopg.Error, redis.RedisError):
            pass
        time.sleep(0.05)
    raise TimeoutError(what)


class Daphne:
    """One server process."""

    program, application = "backend.config.server", "backend.config.asgi:application"

    def __init__(self, environment: dict[str, str], port: int | None = None) -> None:
        self.environment, self.port = environment, port or free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def start(self) -> "Daphne":
        command = [sys.executable, "-m", self.program, "-b", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(
            [*command, self.application],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: httpx.get(f"{self.url}/graphql", timeout=5).status_code < 500, f"daphne on {self.port}")
        return self

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(timeout=40)


class Redis:
    """A Redis that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Redis":
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        wait_for(lambda: bool(redis.Redis(port=self.port).ping()), "Redis")
        return self

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()


class Postgres:
    """A cluster of our own, safe against `immediate` stops as any production cluster is."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "postgres", free_port()
        self.programs = _postgres_programs()
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []

    @property
    def url(self) -> str:
        return f"postgres://etwinning@127.0.0.1:{self.port}/etwinning"

    def create(self) -> "Postgres":
        self.folder.mkdir(parents=True)
        if self.as_user:
            for part in (self.folder, *self.folder.parents):
                if part == Path("/tmp"):
                    break
                part.chmod(0o755)
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.folder), "-U", "etwinning", "-A", "trust", "-E", "UTF8")
        self.control("start")
        with psycopg.connect(self.url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE etwinning")
        return self

    def control(self, action: str, *more: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        with (self.folder.parent / "postgres.log").open("ab") as log:
            command = [self.programs / "pg_ctl", "-D", str(self.folder), "-w", "-o", options, *more, action]
            subprocess.run([*self.as_user, *map(str, command)], check=True, stdout=log, stderr=log, cwd="/tmp")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/tmp")


def _postgres_programs() -> Path:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not versions:
        raise FileNotFoundError("PostgreSQL's server programs are not installed.")
    return versions[-1]
