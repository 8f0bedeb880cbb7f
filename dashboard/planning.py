"""How PostgreSQL plans what a page asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def for_what_is_asked() -> Iterator[None]:
    """Statements are planned for what is asked with, until the end of the block. Once it has prepared one, PostgreSQL goes
    over to a plan for anything: an officer's search for a word that stands everywhere took 0.9 s by that, and 0.06 s by a
    plan of its own."""
    connection.ensure_connection()
    driver: Any = connection.connection
    before = getattr(driver, "prepare_threshold", None)
    if before is None:
        yield
        return
    driver.prepare_threshold = None
    try:
        yield
    finally:
        driver.prepare_threshold = before
