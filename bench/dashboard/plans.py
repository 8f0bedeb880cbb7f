"""Which large tables a page reads from one end to the other."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

LARGE = 10_000  # rows


def read_whole(statements: Iterable[str]) -> set[str]:
    """Names of large tables for which some statement has no index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        sizes = dict(cursor.fetchall())
        found: set[str] = set()
        for statement in statements:
            if statement.lstrip("( ").startswith("SELECT"):
                cursor.execute("EXPLAIN (FORMAT JSON) " + statement)
                [plan] = cursor.fetchone()
                scanned = _scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
                found |= {name for name in scanned if sizes.get(name, 0) > LARGE}
    return found


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scans(part)
