"""No request works for ever: statements that begin too late are not begun, and those that last are ended."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled

STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond

_end: ContextVar[float | None] = ContextVar("end of the request", default=None)


class TimedOut(Exception):
    """The time of this request is over."""


@contextmanager
def within_time() -> Iterator[None]:
    """What is inside asks the database nothing once its time is over, in whatever thread. The first to begin counts."""
    token = _end.set(_end.get() or time.monotonic() + settings.REQUEST_TIMEOUT)
    try:
        yield
    finally:
        _end.reset(token)


def is_timeout(error: BaseException | None) -> bool:
    """Whether this came of the time being over, here or in the database."""
    if isinstance(error, OperationalError):
        return isinstance(error.__cause__, QueryCanceled) or str(error) in {"interrupted", "database is locked"}
    return isinstance(error, TimedOut)


def keep_time(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For each connection that is opened."""
    if _in_time not in connection.execute_wrappers:
        connection.execute_wrappers.append(_in_time)
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(_is_over, STEPS)


def _in_time(execute: Callable[..., Any], *args: Any) -> Any:
    ensure_time()
    return execute(*args)


def ensure_time() -> None:
    """For work that asks the database nothing for long."""
    end = _end.get()
    if end is not None and time.monotonic() > end:
        raise TimedOut


def _is_over() -> bool:
    """SQLite ends the statement when this is true."""
    end = _end.get()
    return end is not None and time.monotonic() > end + settings.STATEMENT_TIMEOUT
