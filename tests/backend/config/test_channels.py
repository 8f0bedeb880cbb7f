"""The channel layer between processes."""

import asyncio
import os

import pytest
from channels.layers import get_channel_layer  # noqa: TID251 (it is the layer itself that is tried)

LONGER_THAN_REDIS_PY_WAITS = 5.5  # seconds


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs Redis")
async def test_who_heard_nothing_for_a_while_still_hears() -> None:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add("quiet", channel)
    hearing = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(LONGER_THAN_REDIS_PY_WAITS)
    assert not hearing.done()
    await layer.group_send("quiet", {"type": "poke", "text": "at last"})
    assert (await asyncio.wait_for(hearing, 3))["text"] == "at last"
    await layer.group_discard("quiet", channel)
