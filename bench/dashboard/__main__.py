"""What a page of the dashboard costs an officer: `make bench-dashboard`, after `make bench-data`.

python -m bench.dashboard [--times 20] [--only queues/] [--country FR]

Opens each page so many times as an officer of the largest country and as one of the central service, in one process:
everything between the request and the answer, without the network. Prints milliseconds, queries, and large tables that
a statement reads from one end to the other. Figures are counted first, where they never were.
"""

import argparse
import os
import tempfile
import time

from rich.console import Console
from rich.table import Table

from bench.data.__main__ import DATABASE

BUDGETS = {"officer": 150, "central": 300}  # milliseconds, 95th percentile
QUERIES, LARGE = 12, 10_000  # statements a page, rows of a large table
console = Console(width=160)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="how often each page is opened, after two first times")
    parser.add_argument("--only", default=None, help="pages whose address begins so")
    parser.add_argument("--country", default="FR")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        count_figures()
        for role, place in (("officer", given.country.lower()), ("central", "central")):
            measure(role, f"officer1.{place}@bench.example", given)


def set_up(folder: str) -> None:
    """As in production: debugging off, files collected."""
    os.environ |= {
        "DATABASE_URL": os.environ.get("DATABASE_URL", DATABASE), "DEBUG": "0", "HTTPS": "0", "VAR_DIR": folder,
        "SECRET_KEY": "only-for-the-benchmark-" + "0" * 30, "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    }  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def count_figures() -> None:
    from backend.monitoring.models import DailyStat
    from backend.monitoring.rollups.rebuilding import rebuild_statistics

    if not DailyStat.objects.exists():
        began = time.monotonic()
        number = rebuild_statistics()
        console.print(f"{number:,} sums counted in {time.monotonic() - began:.0f} s")


def measure(role: str, login: str, given: argparse.Namespace) -> None:
    from backend.config.garbage import collect_rarely
    from bench.dashboard.pages import pages
    from bench.dashboard.visits import Visit
    from bench.explaining import big_tables, read_whole

    table = Table(title=f"{role}: budget {BUDGETS[role]} ms", title_justify="left")
    table.add_column("page")
    for name in ("status", "first, ms", "median, ms", "p95, ms", "queries", "KB"):
        table.add_column(name, justify="right")
    table.add_column("read from end to end")
    over, big = 0, big_tables(LARGE)
    with Visit(login) as visit:
        for _ in range(2):
            visit.open("")  # everything is imported and read by now
        collect_rarely()  # as the server does
        for path in pages(visit.officer):
            if given.only is None or path.startswith(given.only):
                cost = visit.cost(path, given.times)
                is_over = cost.p95 > BUDGETS[role] or len(cost.statements) > QUERIES or cost.status != 200
                over += is_over
                numbers = (cost.status, cost.first, cost.median, cost.p95, len(cost.statements), cost.size / 1024)
                cells = [f"{number:,.0f}" for number in numbers]
                whole = set().union(*(read_whole(statement, big) for statement in cost.statements))
                table.add_row(path or "today", *cells, ", ".join(sorted(whole)), style="red" * is_over)
    console.print(table)
    console.print(f"{table.row_count} pages, {over} over the budget of {BUDGETS[role]} ms, {QUERIES} queries\n")


if __name__ == "__main__":
    main()
