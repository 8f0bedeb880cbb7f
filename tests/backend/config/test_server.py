"""The server process: its event loop, and several of them on one port."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.sign_in import issue_token
from backend.workspaces.actions.files import upload_file
from backend.workspaces.uploads.links import file_address
from tests.factories.projects import workspace
from tests.faults.stand import wait_for
from tests.support.server import Server

ASKED = {"json": {"query": "{ __typename }"}, "timeout": 60}
HEAD = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
FILM = 20 * 1024 * 1024  # bytes; more than the kernel keeps for a connection
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


@pytest.mark.live
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_takes_nothing_is_cut_off(tmp_path: Path) -> None:
    """A slow reader is not: the clock begins anew with every piece that is taken."""
    room = workspace()
    founder = room.project.founders[0].person
    film = SimpleUploadedFile("river.mp4", HEAD.ljust(FILM, b"\0"), "video/mp4")
    file = upload_file(room, actor=founder, upload=film)
    path, head = file_address(file.pk, founder), {"Authorization": f"Bearer {issue_token(founder)}"}
    server = Server(tmp_path, READER_TIMEOUT="2")
    with ExitStack() as stack:
        stack.callback(server.start().stop)
        idle = stack.enter_context(socket.socket())
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        idle.connect(("127.0.0.1", server.port))
        idle.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {head['Authorization']}\r\n\r\n".encode()
        )
        with httpx.stream("GET", f"{server.url}{path}", headers=head, timeout=60) as answer:
            assert sum(len(part) for part in slowly(answer)) == FILM
        assert 0 < len(rest_of(idle)) < FILM


def slowly(answer: httpx.Response) -> Iterator[bytes]:
    """For longer than the server waits for one piece."""
    for part in answer.iter_raw(FILM // 20):
        time.sleep(0.25)
        yield part


def rest_of(line: socket.socket) -> bytes:
    found = b""
    with suppress(ConnectionResetError):
        while part := line.recv(65536):
            found += part
    return found
