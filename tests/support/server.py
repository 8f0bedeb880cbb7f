"""A real daphne process on the database of the test run."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0  # seconds; a busy machine starts it slowly


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Where the test run's own database is, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    password = f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else ""
    return f"postgres://{quote(given['USER'])}{password}@{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}/{given['NAME']}"


class Server:
    """One daphne process; `url` is where it listens."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"daphne-{self.port}.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DATABASE_POOL": "8",
            "VAR_DIR": str(settings.VAR),
            "SITE_URL": self.url,
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> "Server":
        command = [sys.executable, "-m", "backend.config.server", "-b", "127.0.0.1", "-p", str(self.port), *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "backend.config.asgi:application"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                httpx.post(f"{self.url}/graphql", json={"query": "{ __typename }"}, timeout=30)
                return self
            except httpx.HTTPError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise TimeoutError(self.log.read_text())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the process; returns its exit code."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)
