"""What row-level security costs: the hot pages' statements with and without it.

python -m bench.walls [--rounds 21] [--repeats 5]

DATABASE_URL names a scratch database that `python -m bench.data` filled; somebody who may create roles prepares it:

    CREATE ROLE etwinning_reader; GRANT etwinning_reader TO etwinning;

Each page is asked once through the schema and its statements are kept. They run in turns as the owner, to whom no
policy applies, and as the reader, with the actor set in the transaction. What is compared is the CPU time of the
database's own process, so that a busy machine does not count.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from rich.console import Console
from rich.table import Table

PAGES = ("partner search", "partner search with words", "project page", "workspace page", "viewer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="how often the two take turns")
    parser.add_argument("--repeats", type=int, default=5, help="how often a page runs in a turn")
    asked = parser.parse_args()
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

    import django

    django.setup()

    from django.db import connection

    if connection.vendor != "postgresql":
        sys.exit("Row-level security needs PostgreSQL: set DATABASE_URL.")
    Console().print(compared(asked.rounds, asked.repeats))


def compared(rounds: int, repeats: int) -> Table:
    from bench.requests.drawing import questions, teacher

    viewer = teacher()
    pages = {question.name: statements_of(question, viewer) for question in questions() if question.name in PAGES}
    prepare()
    table = Table("page", "statements", "without, ms", "with, ms", "more", "rows the same")
    for name, statements in pages.items():
        rows = [len(run(statements, viewer, walled)) for walled in (False, True)]
        plain, walled = in_turns(statements, viewer, rounds, repeats)
        table.add_row(name, str(len(statements)), f"{plain:.2f}", f"{walled:.2f}", f"{walled / plain - 1:+.0%}",
                      "yes" if rows[0] == rows[1] else f"{rows[0]} and {rows[1]}")  # fmt: skip
    return table


def in_turns(statements: list[str], viewer: Any, rounds: int, repeats: int) -> tuple[float, float]:
    """The medians without and with policies; who comes first changes from round to round."""
    turns: dict[bool, list[float]] = {False: [], True: []}
    for number in range(rounds):
        for walled in (False, True) if number % 2 else (True, False):
            turns[walled].append(cpu_of(partial(run, statements, viewer, walled), repeats))
    return statistics.median(turns[False]), statistics.median(turns[True])


def statements_of(question: Any, viewer: Any) -> list[str]:
    """What the schema asks the database for one page, with its parameters written out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from graphql_schema.schema import schema
    from graphql_schema.viewer import Context

    with CaptureQueriesContext(connection) as captured:
        result = schema.execute_sync(question.document, question.variables, context_value=Context(viewer=viewer))
    assert not result.errors, result.errors
    return [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH"))]


def prepare() -> None:
    from django.db import connection

    from bench.walls.policies import statements

    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def run(statements: list[str], viewer: Any, walled: bool) -> list[Any]:
    """One page in one transaction; as the reader, the actor is set first."""
    from django.db import connection, transaction

    from bench.walls.policies import ACTOR, READER

    rows: list[Any] = []
    with transaction.atomic(), connection.cursor() as cursor:
        if walled:
            cursor.execute(f"SET LOCAL ROLE {READER}; SELECT set_config('{ACTOR}', '{viewer.pk}', true)")
        for statement in statements:
            cursor.execute(statement)
            rows += cursor.fetchall()
    return rows


def cpu_of(work: Callable[[], Any], repeats: int) -> float:
    """Milliseconds of CPU that the database's process spends on it each time."""
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = psutil.Process(cursor.fetchone()[0])
    before = process.cpu_times()
    for _ in range(repeats):
        work()
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) * 1000 / repeats


if __name__ == "__main__":
    main()
