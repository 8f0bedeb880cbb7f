"""How PostgreSQL would read for every hot statement: no scan of a whole big table. `make bench-plans`

python -m bench.plans [--rows 20000] [--statements]

Asks the benchmark's questions and an officer's pages, as a teacher and an officer of the largest country and as the
central service, and explains every statement that was sent. What was written is taken back. Honest at the real scale; in a small database a whole
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

    from bench.explaining import big_tables, read_whole

    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code == 200, f"{name}: {answer.status_code} {answer.content[:300]}"
    sent, big = [one["sql"] for one in captured.captured_queries], big_tables(given.rows)
    found = {sql: tables for sql in sent if (tables := read_whole(sql, big))}
    every = sorted(set().union(*found.values()))
    console.print(f"{name:32} {len(sent):3} statements  {', '.join(every) or 'by indexes'}")
    for sql in found if given.statements else ():
        console.print(f"    {sql}\n", markup=False, soft_wrap=True)
    return bool(found)


def asked() -> Iterator[tuple[str, Callable[[], Any]]]:
    from django.test import Client
    from django.urls import reverse

    from bench.dashboard.pages import searches
    from bench.dashboard.visits import Visit
    from bench.requests import drawing

    tokens = drawing.tokens()
    for question in drawing.questions():
        body = json.dumps({"query": question.document, "variables": question.variables}, default=str)
        headers = {"Authorization": f"Bearer {tokens[question.who]}"} if question.who else {}
        if not question.logins:
            teller = Client(SERVER_NAME="127.0.0.1", headers=headers)
            yield question.name, partial(teller.post, "/graphql", body, content_type="application/json")
    addresses = [reverse(f"dashboard:{page}") for page in PAGES]
    for login in (drawing.officer().login, "officer1.central@bench.example"):
        with Visit(login) as visit:
            place = visit.officer.country_id or "all"
            for address in (*addresses, reverse("dashboard:rows", args=[place, "staff"])):
                yield address, partial(visit.client.get, address)
            for path in searches(visit.officer):
                yield f"/dashboard/{path}", partial(visit.client.get, f"/dashboard/{path}")


if __name__ == "__main__":
    main()
