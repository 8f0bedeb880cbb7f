"""How PostgreSQL would read for every hot statement: no scan of a whole big table. `make bench-plans`

python -m bench.plans [--rows 20000]

Asks the benchmark's questions and an officer's pages, as a teacher and an officer of the largest country, and explains
every statement that was sent. Honest at the real scale; in a small database a whole table may be the cheapest.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from bench.data.__main__ import DATABASE

PAGES = ("today", "people", "schools", "projects", "reports", "labels", "help")  # of those that there are


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000, help="from how many rows on a table is big")
    given = parser.parse_args()
    os.environ.setdefault("DATABASE_URL", DATABASE)
    os.environ |= {"DEBUG": "1", "COST_BUDGET": "1000000", "DJANGO_SETTINGS_MODULE": "backend.config.settings"}

    import django

    django.setup()

    from django.core.management import call_command
    from rich.console import Console

    call_command("migrate", verbosity=0)
    console, slow = Console(width=160), 0
    for name, statements in asked():
        found = {table for sql in statements for table in scanned(sql, given.rows)}
        slow += bool(found)
        console.print(
            f"{name:32} {len(statements):3} statements  {', '.join(sorted(found)) or 'by indexes'}", highlight=False
        )
    sys.exit(1 if slow else 0)


def asked() -> Iterator[tuple[str, list[str]]]:
    """The questions and pages, each with what was sent to PostgreSQL for it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch, reverse

    from bench.requests import drawing

    tokens = drawing.tokens()
    for question in drawing.questions():
        if question.logins:
            continue
        body = json.dumps({"query": question.document, "variables": question.variables}, default=str)
        with CaptureQueriesContext(connection) as captured:
            Client(SERVER_NAME="127.0.0.1", HTTP_AUTHORIZATION=f"Bearer {tokens[question.who]}").post(
                "/graphql", body, content_type="application/json"
            )
        yield question.name, _selects(captured)
    client = Client(SERVER_NAME="127.0.0.1")
    _sign_in(client)
    for page in PAGES:
        try:
            address = reverse(f"dashboard:{page}")
        except NoReverseMatch:
            continue
        with CaptureQueriesContext(connection) as captured:
            answered = client.get(address)
        assert answered.status_code == 200, f"{address}: {answered.status_code}"
        yield f"page {address}", _selects(captured)
    drawing.tidy()


def _sign_in(client: Any) -> None:
    """An officer with a second factor."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from bench.requests import drawing

    officer = drawing.officer()
    device, _ = TOTPDevice.objects.get_or_create(user=officer, name="benchmark", confirmed=True)
    client.force_login(officer)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def _selects(captured: Any) -> list[str]:
    return [
        one["sql"]
        for one in captured.captured_queries
        if one["sql"].startswith("SELECT") and "FOR UPDATE" not in one["sql"]
    ]


def scanned(sql: str, rows: int) -> Iterator[str]:
    """The big tables that the statement reads from one end to the other."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        [(explained,)] = cursor.fetchall()
        plan = json.loads(explained) if isinstance(explained, str) else explained
        for table in _whole(plan[0]["Plan"]):
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if cursor.fetchone()[0] >= rows:
                yield table


def _whole(node: dict[str, Any]) -> Iterator[str]:
    if "Seq Scan" in node["Node Type"]:
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from _whole(inner)


if __name__ == "__main__":
    main()
