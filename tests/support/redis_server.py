"""The Redis of tests that need one: what belongs to several processes."""

import os

import pytest
import redis

URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/3"


def running() -> redis.Redis:
    """A client of it, or a skip."""
    found = redis.Redis.from_url(URL, socket_timeout=1)
    try:
        found.ping()
    except redis.ConnectionError:
        pytest.skip("Redis is not running.")
    return found
