"""Everybody has a budget that refills by the second, shared by all processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import redis
import time_machine
from django.conf import settings as django_settings

from graphql_schema.limits import budgets
from graphql_schema.limits.budgets import Buckets, Budget, SharedBuckets, budget_of
from graphql_schema.limits.payers import address_of
from tests.factories.people import central, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support import redis_server
from tests.support.api import Api

SCHOOLS = "query($n: Int!) { schools(first: $n) { edges { node { name country { code } } } } }"


@pytest.fixture
def small(settings: Any) -> Iterator[None]:
    """Budgets as they are outside of tests, and full."""
    settings.COST_BUDGET = 1
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }  # Redis has its own time
    budgets.buckets.cache_clear()
    yield
    budgets.buckets.cache_clear()


@pytest.fixture
def connection() -> Any:
    return redis_server.running()


@pytest.mark.django_db
def test_how_much_who_may(small: None) -> None:
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    people = (None, child, teacher(), officer("FR"), central())
    assert [budget_of(person).limit for person in people] == [5_000, 5_000, 20_000, 50_000, 50_000]
    assert Budget(5_000).rate == 500


@pytest.mark.django_db
def test_who_asks_too_much_is_told_when_to_come_back(small: None) -> None:
    api = Api()
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False):
        first = api.post(SCHOOLS, {"n": 100}).json()["extensions"]["cost"]
        assert first == {"requested": 301, "charged": 301, "available": 4_699, "limit": 5_000, "restoreRate": 500}
        for _ in range(15):
            api.post(SCHOOLS, {"n": 100})
        refused = api.post(SCHOOLS, {"n": 100}, Accept="application/graphql-response+json, application/json")
    body = refused.json()
    assert "data" not in body
    assert [error["extensions"] for error in body["errors"]] == [{"code": "THROTTLED", "retryAfter": 1}]
    assert refused["Retry-After"] == "1"
    assert (body["extensions"]["cost"]["charged"], body["extensions"]["cost"]["available"]) == (0, 184)
    assert "errors" not in Api(teacher()).post(SCHOOLS, {"n": 100}).json()


@pytest.mark.django_db
def test_what_nobody_could_pay_is_refused_for_good(small: None) -> None:
    deep = "{ schools(first: 100) { edges { node { history(first: 100) { edges { cursor } } } } } }"
    answer = Api().post(deep).json()
    assert answer["errors"][0]["extensions"] == {"code": "COST_TOO_HIGH", "cost": 10_301, "limit": 5_000}
    assert "cost" not in answer.get("extensions", {})


def test_a_bucket_refills_by_the_second() -> None:
    buckets, budget = Buckets(), Budget(1_000)
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False) as clock:
        assert buckets.take("a", budget, 900, is_owed=False) == (True, 100)
        assert buckets.take("a", budget, 101, is_owed=False) == (False, 100)
        assert buckets.take("b", budget, 1_000, is_owed=False) == (True, 0)
        clock.shift(1)
        assert buckets.take("a", budget, 101, is_owed=False) == (True, 99)
        assert buckets.take("a", budget, 5_000, is_owed=True) == (True, -1_000)
        clock.shift(3_600)
        assert buckets.take("a", budget, 0, is_owed=False) == (True, 1_000)


def test_old_buckets_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "PEOPLE", 3)
    buckets = Buckets()
    for n in range(5):
        buckets.take(str(n), Budget(100), 1, is_owed=False)
    assert list(buckets.levels) == ["2", "3", "4"]


@pytest.mark.parametrize("is_shared", [False, True])
def test_nothing_is_lost_when_many_take_at_once(is_shared: bool, request: pytest.FixtureRequest) -> None:
    local = Buckets()
    buckets = SharedBuckets(request.getfixturevalue("connection"), local) if is_shared else local
    key, budget = str(uuid4()), Budget(200)  # refills 20 a second
    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(lambda _: buckets.take(key, budget, 10, is_owed=False)[0], range(200)))
    assert 20 <= granted.count(True) <= 26
    assert bool(local.levels) != is_shared


def test_processes_share_a_bucket(connection: Any) -> None:
    key = str(uuid4())
    program = (
        "import django; django.setup()\n"
        "from graphql_schema.limits.budgets import Budget, buckets\n"
        f"print(sum(buckets().take('{key}', Budget(200), 10, is_owed=False)[0] for _ in range(60)))"
    )
    environment = {**os.environ, "REDIS_URL": redis_server.URL, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program], cwd=django_settings.ROOT, env=environment, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    granted = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    assert sum(granted) <= 20 + 2 * 10 + 4  # full once, and what comes back in the seconds between two starts


def test_without_redis_each_process_counts_for_itself() -> None:
    away = redis.Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    buckets = SharedBuckets(away, Buckets())
    taken = [buckets.take("a", Budget(200), 90, is_owed=False)[0] for _ in range(3)]
    assert (taken, buckets.away_until > 0) == ([True, True, False], True)


def test_visitors_are_told_apart_by_address(settings: Any) -> None:
    settings.HTTPS = False
    assert address_of("192.0.2.7", "203.0.113.9") == "192.0.2.7"
    assert address_of("2001:db8:1:2:3::4", "") == "2001:db8:1:2::/64"
    assert address_of("nonsense", "") == "unknown"
    settings.HTTPS = True  # a proxy stands before us, and adds the last one
    assert address_of("127.0.0.1", "198.51.100.1, 203.0.113.9") == "203.0.113.9"
    assert address_of("192.0.2.7", "") == "192.0.2.7"
