"""Which big tables a statement reads from one end to the other, by PostgreSQL's own plan."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection


def big_tables(rows: int) -> set[str]:
    """Those of at least so many rows, as PostgreSQL reckons."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [rows])
        return {name for (name,) in cursor.fetchall()}


def read_whole(statement: str, among: Collection[str]) -> set[str]:
    """Those tables for which the statement has no index; of what writes, none."""
    if not statement.lstrip("( ").startswith(("SELECT", "WITH")):
        return set()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement)
        [plan] = cursor.fetchone()
    return set(_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])) & set(among)


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scans(part)
