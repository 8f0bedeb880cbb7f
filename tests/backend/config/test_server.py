"""The server process: its event loop, and several of them on one port."""

import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest
from django.conf import settings

from tests.faults.stand import wait_for
from tests.support.server import Server

ASKED = {"json": {"query": "{ __typename }"}, "timeout": 60}
ANSWER = {"data": {"__typename": "Query"}}


def test_the_loop_is_uvloop() -> None:
    program = "import backend.config.server as s; print(type(s.reactor._asyncioEventloop).__module__)"
    assert subprocess.check_output([sys.executable, "-c", program], cwd=settings.ROOT) == b"uvloop\n"


def listens(server: Server) -> bool:
    assert server.process
    found = psutil.Process(server.process.pid).net_connections()
    return [one.laddr.port for one in found if one.status == psutil.CONN_LISTEN] == [server.port]


@pytest.mark.live
def test_two_share_a_port_and_either_may_go(tmp_path: Path) -> None:
    one, other = Server(tmp_path), Server(tmp_path)
    other.port, other.url = one.port, one.url
    with ExitStack() as stack:
        for server in (one, other):
            stack.callback(server.start("--reuse-port").stop)
            wait_for(partial(listens, server), "a server does not listen", seconds=180)
        assert httpx.post(f"{one.url}/graphql", **ASKED).json() == ANSWER
        one.stop()
        assert [httpx.post(f"{other.url}/graphql", **ASKED).json() for _ in range(4)] == [ANSWER] * 4
