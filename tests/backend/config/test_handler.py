"""Requests share threads, one at a time."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from backend.config.handler import Handler, RequestThread

seen: list[int] = []
goes_on, begun = threading.Event(), threading.Event()


def quick(_: HttpRequest) -> HttpResponse:
    seen.append(threading.get_ident())
    return HttpResponse("quick")


def slow(request: HttpRequest) -> HttpResponse:
    begun.set()
    goes_on.wait(10)
    return quick(request)


urlpatterns = [path("quick", quick), path("slow", slow)]


@pytest.fixture(autouse=True)
def views(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ALLOWED_HOSTS = __name__, [], ["*"]
    seen.clear()
    goes_on.clear()
    begun.clear()
    yield
    goes_on.set()


async def ask(handler: Handler, address: str, leaves: asyncio.Event | None = None) -> int:
    """The status; 0 for who left before it came."""
    status, waiting = [0], [{"type": "http.request", "body": b""}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await (leaves or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        status[0] = message.get("status", status[0])

    scope = {"type": "http", "method": "GET", "path": f"/{address}", "headers": [], "query_string": b""}
    await handler(scope, receive, send)
    return status[0]


async def test_one_after_the_other_in_one_thread() -> None:
    handler = Handler()
    assert [await ask(handler, "quick") for _ in range(3)] == [200] * 3
    assert len({*seen}) == 1
    assert len(handler.idle) == 1


async def test_at_once_in_threads_of_their_own() -> None:
    handler = Handler()
    first = asyncio.create_task(ask(handler, "slow"))
    await asyncio.to_thread(begun.wait, 10)
    assert await ask(handler, "quick") == 200
    goes_on.set()
    assert await first == 200
    assert len({*seen}) == 2
    assert len(handler.idle) == 2


async def test_nobody_waits_for_the_work_of_who_left() -> None:
    handler, leaves = Handler(), asyncio.Event()
    left = asyncio.create_task(ask(handler, "slow", leaves))
    await asyncio.to_thread(begun.wait, 10)
    leaves.set()
    assert await ask(handler, "quick") == 200
    goes_on.set()
    assert await left == 0
    assert len({*seen}) == 2


def test_a_thread_knows_whether_it_is_at_work() -> None:
    thread = RequestThread()
    tasks = [thread.submit(goes_on.wait, 10), thread.submit(int)]
    tasks[1].cancel()
    assert not thread.is_done()
    goes_on.set()
    tasks[0].result(10)
    assert thread.is_done()
    thread.shutdown()


async def test_after_a_rush_few_threads_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.config.handler.IDLE", 2)
    handler = Handler()
    many = [asyncio.create_task(ask(handler, "slow")) for _ in range(5)]
    await asyncio.to_thread(begun.wait, 10)
    goes_on.set()
    assert await asyncio.gather(*many) == [200] * 5
    assert len(handler.idle) == 2
