"""How PostgreSQL would read for every hot statement: no scan of a whole big table. `make bench-plans`

python -m bench.plans [--rows 20000] [--statements]

Asks the benchmark's questions and an officer's pages, as a teacher and an officer of the largest country, and explains
every statement that was sent. What was written is taken back. Honest at the real scale; in a small database a whole
table may be the cheapest.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from rich.console import Console

from bench.data.__main__ import DATABASE

PAGES = (
    "today", "people", "schools", "projects", "reports", "labels", "help", "appeals", "partnerships", "monitor",
    "statistics", "mailings", "trail",
)  # fmt: skip
console = Console(width=160, highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000, help="from how many rows on a table is big")
    parser.add_argument("--statements", action="store_true", help="show those that scan one")
    given = parser.parse_args()
    os.environ.setdefault("DATABASE_URL", DATABASE)
    os.environ |= {"DEBUG": "1", "COST_BUDGET": "1000000", "DJANGO_SETTINGS_MODULE": "backend.config.settings"}

    import django

    django.setup()

    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        slow = [name for name, ask in asked() if tell(name, ask, given)]
        transaction.set_rollback(True)
    sys.exit(1 if slow else 0)


def tell(name: str, ask: Callable[[], Any], given: argparse.Namespace) -> bool:
    """Explains what is sent for one question or page; whether some of it reads a big table as a whole."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code == 200, f"{name}: {answer.status_code} {answer.content[:300]}"
    sent = [one["sql"] for one in captured.captured_queries if one["sql"].startswith(("SELECT", "WITH", "(SELECT"))]
    found = {sql: tables for sql in sent if (tables := set(scanned(sql, given.rows)))}
    every = sorted(set().union(*found.values()))
    console.print(f"{name:32} {len(sent):3} statements  {', '.join(every) or 'by indexes'}")
    for sql in found if given.statements else ():
        console.print(f"    {sql}\n", markup=False, soft_wrap=True)
    return bool(found)


def asked() -> Iterator[tuple[str, Callable[[], Any]]]:
    from django.test import Client
    from django.urls import reverse

    from bench.requests import drawing

    tokens = drawing.tokens()
    for question in drawing.questions():
        body = json.dumps({"query": question.document, "variables": question.variables}, default=str)
        headers = {"Authorization": f"Bearer {tokens[question.who]}"} if question.who else {}
        if not question.logins:
            teller = Client(SERVER_NAME="127.0.0.1", headers=headers)
            yield question.name, partial(teller.post, "/graphql", body, content_type="application/json")
    officer = Client(SERVER_NAME="127.0.0.1")
    sign_in(officer, drawing.officer())
    for page in PAGES:
        address = reverse(f"dashboard:{page}")
        yield address, partial(officer.get, address)


def sign_in(client: Any, officer: Any) -> None:
    """With a second factor."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device = TOTPDevice.objects.create(user=officer, name="benchmark", confirmed=True)
    client.force_login(officer)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def scanned(sql: str, rows: int) -> Iterator[str]:
    """The big tables that the statement reads from one end to the other."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.replace("%", "%%"), [])
        [(explained,)] = cursor.fetchall()
        plan = json.loads(explained) if isinstance(explained, str) else explained
        for table in whole(plan[0]["Plan"]):
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if cursor.fetchone()[0] >= rows:
                yield table


def whole(node: dict[str, Any]) -> Iterator[str]:
    if "Seq Scan" in node["Node Type"]:
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from whole(inner)


if __name__ == "__main__":
    main()
