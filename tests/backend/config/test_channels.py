"""The channel layer between processes, as the settings make it."""

import os
import subprocess
import sys

import pytest
import redis
from django.conf import settings

REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/3"
QUIET = 5.5  # seconds, longer than redis-py waits for data by default
PROGRAM = f"""
import asyncio, logging
from channels.layers import get_channel_layer
from channels_redis.utils import create_pool
from django.conf import settings
from redis.asyncio import Redis

async def main():
    layer = get_channel_layer()
    line = Redis(connection_pool=create_pool(settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0]))
    channel = await layer.new_channel()
    await layer.group_add("quiet", channel)
    hearing = asyncio.create_task(layer.receive(channel))
    assert await line.blpop("nothing ever comes", timeout={QUIET}) is None
    await layer.group_send("quiet", {{"type": "poke", "text": "at last"}})
    print((await asyncio.wait_for(hearing, 3))["text"])

logging.basicConfig(level=logging.WARNING)
asyncio.run(main())
"""


def test_who_heard_nothing_for_a_while_still_hears() -> None:
    try:
        redis.Redis.from_url(REDIS, socket_timeout=1).ping()
    except redis.ConnectionError:
        pytest.skip("needs Redis")
    environment = {**os.environ, "REDIS_URL": REDIS, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    found = subprocess.check_output([sys.executable, "-c", PROGRAM], cwd=settings.ROOT, env=environment, timeout=60)
    assert found == b"at last\n"
