"""A few threads for what the event loop asks of the database outside requests."""

from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import connection, transaction

from backend.core.deadline import within_time

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="database")


def in_database(function: Callable[P, R], *, is_for_many: bool = False) -> Callable[P, Awaitable[R]]:
    """The function as a coroutine, run in one of the few threads; connections are given back after it. What is done
    for one person ends in time; what is done for a whole room takes as long as there are people, and each of its parts ends
    in time: what is read for all, and what is made for each."""
    asynchronous: Callable[P, Awaitable[R]] = database_sync_to_async(
        function if is_for_many else within_time()(function), thread_sensitive=False, executor=_threads
    )
    return asynchronous


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database as it was at the first one; nothing is locked."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not atomic(): our transactions are IMMEDIATE and would wait for every writer.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
