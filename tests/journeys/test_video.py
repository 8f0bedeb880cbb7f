"""A video of a hundred megabytes goes in and comes back, and the server does not grow by it."""

import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from django.test import RequestFactory

from backend.accounts.models import Person
from graphql_schema.streaming import streamed
from tests.factories.people import PASSWORD
from tests.factories.projects import workspace
from tests.support.api import gid
from tests.support.server import Server

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MEGABYTE = 1024 * 1024
HEAD = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
ROOM_TO_BREATHE = 40 * MEGABYTE  # what the server may grow by meanwhile
UPLOAD = "mutation($input: UploadFileInput!) { uploadFile(input: $input) { ... on File { url size kind } ... on OperationInfo { messages { code } } } }"
LOGIN = "mutation($input: LoginInput!) { login(input: $input) { ... on SignedIn { token } } }"


class Peak:
    """How much memory a process had at most while it was watched."""

    def __init__(self, pid: int) -> None:
        self.process = psutil.Process(pid)
        self.before = self.most = self.process.memory_info().rss

    @contextmanager
    def watched(self) -> Iterator["Peak"]:
        done = threading.Event()

        def look() -> None:
            while not done.wait(0.01):
                self.most = max(self.most, self.process.memory_info().rss)

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            yield self
        finally:
            done.set()
            watcher.join()

    @property
    def grown(self) -> int:
        return self.most - self.before


def film(folder: Path, megabytes: int) -> Path:
    path = folder / "river.mp4"
    with path.open("wb") as out:
        out.write(HEAD)
        out.truncate(megabytes * MEGABYTE)
    return path


def send(client: httpx.Client, room: str, path: Path) -> dict[str, Any]:
    operations = {"query": UPLOAD, "variables": {"input": {"workspaceId": room, "file": None, "licence": "OWN"}}}
    form = {"operations": json.dumps(operations), "map": json.dumps({"0": ["variables.input.file"]})}
    with path.open("rb") as content:
        answer = client.post("/graphql", data=form, files={"0": (path.name, content, "video/mp4")})
    payload: dict[str, Any] = answer.json()["data"]["uploadFile"]
    return payload


def test_a_hundred_megabytes_in_and_out(own_server: Server, tmp_path: Path) -> None:
    room = workspace()
    founder = Person.objects.get(pk=room.project.founders[0].person_id)
    with httpx.Client(base_url=own_server.url, timeout=120) as client:
        signed_in = client.post(
            "/graphql",
            json={
                "query": LOGIN,
                "variables": {"input": {"login": founder.login, "password": PASSWORD, "wantToken": True}},
            },
        )
        client.headers["Authorization"] = f"Bearer {signed_in.json()['data']['login']['token']}"
        client.headers["GraphQL-Require-Preflight"] = "1"
        assert own_server.process
        with Peak(own_server.process.pid).watched() as upload:
            stored = send(client, gid(room), film(tmp_path, 100))
        assert (stored["kind"], stored["size"]) == ("VIDEO", 100 * MEGABYTE)
        with Peak(own_server.process.pid).watched() as download, client.stream("GET", stored["url"]) as answer:
            size = 0
            for part in answer.iter_raw(MEGABYTE):
                size += len(part)
                time.sleep(0.002)
        assert size == 100 * MEGABYTE
        assert send(client, gid(room), film(tmp_path, 101)) == {"messages": [{"code": "file_too_large"}]}
        with pytest.raises((httpx.TransportError, json.JSONDecodeError)):  # the line is cut, the disk not filled
            send(client, gid(room), film(tmp_path, 600))
    assert upload.grown < ROOM_TO_BREATHE
    assert download.grown < ROOM_TO_BREATHE


@pytest.mark.parametrize(
    ("wanted", "status", "told", "length"),
    [
        ("bytes=0-99", 206, "bytes 0-99/5000", 100),
        ("bytes=4990-", 206, "bytes 4990-4999/5000", 10),
        ("bytes=-8", 206, "bytes 4992-4999/5000", 8),
        ("bytes=4000-9000", 206, "bytes 4000-4999/5000", 1000),
        ("bytes=5000-", 416, "bytes */5000", 0),
        ("bytes=9-3", 416, "bytes */5000", 0),
        ("bytes=0-1,4-5", 200, None, 5000),
        ("pages=1-2", 200, None, 5000),
        ("bytes=-", 200, None, 5000),
    ],
)
def test_players_jump(wanted: str, status: int, told: str | None, length: int) -> None:
    request = RequestFactory().get("/", headers={"Range": wanted})
    answer = streamed(request, io.BytesIO(bytes(range(250)) * 20), media_type="video/mp4")
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, told)
    assert int(answer.headers.get("Content-Length", 0)) == length
