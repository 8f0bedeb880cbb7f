"""Rules at once; and two the worst way round, where one is overtaken by the other right before a statement."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

Job = Callable[[], object]

PATIENCE = 0.7  # seconds until the quick one is taken to wait for the slow one


def at_once(*jobs: Job) -> list[object]:
    """Each job in a thread and a transaction of its own; refusals are answers too."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(_answer, jobs))


def overtaken(slow: Job, quick: Job, *, before: str) -> tuple[object, object]:
    """Begins `slow`, lets `quick` run when the slow one comes to a statement with these words, then lets the slow one go
    on; refusals are answers too. Each has a thread and a transaction of its own."""
    arrived, over = threading.Event(), threading.Event()

    def pause(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if before in sql and not arrived.is_set():
            arrived.set()
            over.wait(PATIENCE)
        return execute(sql, *args)

    def begin() -> object:
        with connection.execute_wrapper(pause):
            return slow()

    def overtake() -> object:
        assert arrived.wait(20), f"no statement with “{before}”"
        return quick()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(_answer, begin, arrived.set), pool.submit(_answer, overtake, over.set)
    return first.result(), second.result()


def _answer(job: Job, ended: Callable[[], object] = lambda: None) -> object:
    try:
        return job()
    except (PermissionDenied, ValidationError) as refusal:
        return refusal
    finally:
        ended()
        connections.close_all()
