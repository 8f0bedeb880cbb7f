"""The hub wakes who listens, whether or not the channel layer is there."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from backend.core.deadline import within_time
from backend.eventlog import hub as hub_module
from backend.eventlog.hub import Breaker, hub, poke
from backend.eventlog.models import Stream
from backend.eventlog.threads import in_database


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hub_module, "breaker", Breaker())
    monkeypatch.setattr(hub_module, "_hubs", {})
    return


async def stop() -> None:
    for task in hub().tasks.values():
        task.cancel()


async def test_a_poke_from_a_thread_wakes_the_listener() -> None:
    stream, other = uuid4(), uuid4()
    async with hub().listen(stream) as grown, hub().listen(other) as untouched:
        await sync_to_async(poke, thread_sensitive=False)([stream])
        await asyncio.wait_for(grown.wait(), 2)
        assert not untouched.is_set()
    assert stream not in hub().waiters
    await stop()


async def test_pokes_of_another_process_arrive_through_the_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = uuid4()
    mine = hub()
    async with mine.listen(stream) as grown:
        monkeypatch.setattr(hub_module, "_hubs", {})  # as if the writer were another process
        await sync_to_async(poke, thread_sensitive=False)([stream])
        await asyncio.wait_for(grown.wait(), 2)
    for task in mine.tasks.values():
        task.cancel()


async def test_without_a_layer_nothing_fails(settings: Any) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
        }
    }
    stream = uuid4()
    async with hub().listen(stream) as grown:
        await sync_to_async(poke, thread_sensitive=False)([stream])
        await asyncio.wait_for(grown.wait(), 2)
        assert hub_module.breaker.is_open
    await stop()


async def test_lost_pokes_are_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    heads: dict[Any, int] = {}
    monkeypatch.setattr(hub_module, "CATCH_UP", 0.05)
    monkeypatch.setattr(hub_module, "heads_of", lambda streams: {s: heads[s] for s in streams if s in heads})
    stream = uuid4()
    async with hub().listen(stream) as grown:
        await asyncio.sleep(0.1)
        assert not grown.is_set()
        heads[stream] = 1
        await asyncio.wait_for(grown.wait(), 2)
        grown.clear()
        await asyncio.sleep(0.2)
        assert not grown.is_set()
    await stop()


async def test_lost_pokes_are_made_up_for_after_a_time_without_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    heads: dict[Any, int] = {}
    monkeypatch.setattr(hub_module, "CATCH_UP", 0.05)
    monkeypatch.setattr(hub_module, "heads_of", lambda streams: {s: heads[s] for s in streams if s in heads})
    stream = uuid4()
    async with hub().listen(stream):
        pass
    await asyncio.sleep(0.2)
    async with hub().listen(stream) as grown:
        heads[stream] = 1
        await asyncio.wait_for(grown.wait(), 2)
    await stop()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
async def test_who_listens_first_does_not_lend_the_end_of_the_request(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(hub_module, "CATCH_UP", 0.05)
    stream = await in_database(Stream.objects.create)(pk=uuid4(), head=1)
    settings.REQUEST_TIMEOUT = -1.0
    async with AsyncExitStack() as listening:
        with within_time():
            grown = await listening.enter_async_context(hub().listen(stream.pk))
        settings.REQUEST_TIMEOUT = 60.0
        await asyncio.wait_for(grown.wait(), 2)
    await stop()
