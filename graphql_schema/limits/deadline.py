"""No request works for ever: statements that begin too late are not begun, and PostgreSQL ends those that last."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

from graphql_schema.errors import CodedError

SECONDS = 6.0  # after which no statement begins; one lasts at most five more, see DATABASES


def within_time() -> AbstractContextManager[None]:
    """Refuses statements of this thread once the time is over."""
    end = time.monotonic() + SECONDS

    def in_time(execute: Callable[..., Any], *args: Any) -> Any:
        if time.monotonic() > end:
            raise CodedError("This took too long. Please ask for less at once.", "TIMED_OUT")
        return execute(*args)

    return connection.execute_wrapper(in_time)
