"""How much somebody may ask for in a while: a bucket that refills by the second."""

import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from backend.accounts.models import Person, PersonKind

logger = logging.getLogger(__name__)

FULL_AGAIN = 10  # seconds
PEOPLE = 20_000  # buckets of one process that are not full
REST = 5.0  # seconds for which a Redis that failed is not asked

# In one step, so that processes lose nothing to each other. A debt is at most what the bucket holds.
TAKE = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local limit, rate, cost, owed = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local was = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = math.min(limit, tonumber(was[1] or limit) + (now - tonumber(was[2] or now)) * rate)
local granted = owed or level >= cost
if granted then level = math.max(level - cost, -limit) end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 60)
return {granted and 1 or 0, tostring(level)}
"""


@dataclass(frozen=True)
class Budget:
    limit: int

    @property
    def rate(self) -> int:
        """What comes back each second."""
        return self.limit // FULL_AGAIN


VISITORS, PUPILS, STAFF, AGENCIES = 5_000, 5_000, 20_000, 50_000


def budget_of(viewer: Person | None) -> Budget:
    if viewer is None:
        limit = VISITORS
    elif viewer.kind == PersonKind.OFFICER:
        limit = AGENCIES
    else:
        limit = PUPILS if viewer.kind == PersonKind.PUPIL else STAFF
    return Budget(limit * settings.COST_BUDGET)


class Buckets:
    """Those of this process."""

    def __init__(self) -> None:
        self.levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.lock = Lock()

    def take(self, key: str, budget: Budget, cost: int, *, is_owed: bool) -> tuple[bool, float]:
        now = time.time()
        with self.lock:
            level, at = self.levels.pop(key, (float(budget.limit), now))
            level = min(budget.limit, level + max(now - at, 0) * budget.rate)
            granted = is_owed or level >= cost
            if granted:
                level = max(level - cost, -budget.limit)
            self.levels[key] = (level, now)
            if len(self.levels) > PEOPLE:
                self.levels.popitem(last=False)
        return granted, level


class SharedBuckets:
    """Those of all processes, in the Redis of Django's cache; while it is away, each process counts for itself."""

    def __init__(self, connection: Any, otherwise: Buckets) -> None:
        self.script, self.otherwise, self.away_until = connection.register_script(TAKE), otherwise, 0.0

    def take(self, key: str, budget: Budget, cost: int, *, is_owed: bool) -> tuple[bool, float]:
        if time.monotonic() >= self.away_until:
            try:
                granted, level = self.script([f"cost:{key}"], [budget.limit, budget.rate, cost, int(is_owed)])
                return bool(granted), float(level)
            except RedisError:
                self.away_until = time.monotonic() + REST
                logger.warning("Redis does not answer: costs are counted by this process alone.")
        return self.otherwise.take(key, budget, cost, is_owed=is_owed)


@cache
def buckets() -> Buckets | SharedBuckets:
    shared = caches["default"]
    if isinstance(shared, RedisCache):
        return SharedBuckets(shared._cache.get_client(write=True), Buckets())
    return Buckets()
