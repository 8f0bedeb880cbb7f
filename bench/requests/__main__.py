"""What a request costs, side by side with others that give the same answer, in one run.

make bench, or python -m bench.requests [--quick] [--only NAME …] [--growth DATABASE …]

Needs the data of `make bench-data` and, for PostGraphile, `npm install` in bench/peers/postgraphile. Every answer is
compared first; then rounds are interleaved, and medians count. Writes bench/RESULTS.md, after 8 clients for the first
time; by default there are 46 pairs of question and contestant, each asked 4 times by 8, 1 and 32 clients.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import psycopg
from rich.console import Console

from bench.data.__main__ import DATABASE
from bench.requests import machine
from bench.requests.asking import Asked, asked, environment, tidy
from bench.requests.results import CELLS, Results
from bench.requests.rounds import Contestant, Cost, Key, compare, measure
from bench.requests.servers import LOAD_CORE, POSTGRAPHILE, SERVER_CORE, running
from bench.requests.without import GAINS

PEERS = ("etwinning", "plain", "stock", "raw", "postgraphile")
ON_DJANGO = {"DJANGO_SETTINGS_MODULE": "bench.peers.settings"}
SERVED = ("viewer", "partner search", "project page")  # what the servers are compared by
GAINED = ("viewer", "project page", "gallery of 100", "list of 500")  # and what each gain is shown by
MOST_REFUSED = 0.5
console = Console(width=160)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="few short rounds, 8 clients, nothing else; writes nothing"
    )
    parser.add_argument("--seconds", type=float, default=1.0, help="how long a round of one server and question takes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[8, 1, 32])
    parser.add_argument("--only", nargs="+", default=[], help="questions by name")
    parser.add_argument("--peers", nargs="+", default=PEERS, choices=PEERS)
    parser.add_argument("--growth", nargs="+", default=[], help="databases of growing size, at least two")
    given = parser.parse_args()
    if given.quick:
        given.seconds, given.rounds, given.clients = 0.7, 1, [8]
    database = os.environ.get("DATABASE_URL", DATABASE)
    questions = asked(database, given.only)
    try:
        for costs in beside_peers(questions, given):
            if not given.quick:
                results = Results("python -m bench.requests", database, rounds=given.rounds, seconds=given.seconds)
                results.add_chart(costs, 8)
                results.add_ratios(costs, 8)
                results.add_costs(costs)
                results.write()
        if given.quick:
            return
        results.add_servers(on_servers(questions, given))
        results.write()
        results.add_gains(without_each(questions, given))
        results.write()
    finally:
        tidy(database)
    if given.growth:
        results.add_growth(growing(given), {name: machine.people(name) for name in given.growth})
        results.write()


def beside_peers(questions: Asked, given: argparse.Namespace) -> Iterator[dict[Key, Cost]]:
    """What is known after each number of clients."""
    if "postgraphile" in given.peers:
        with psycopg.connect(questions.database, autocommit=True) as connection:
            connection.execute((POSTGRAPHILE / "functions.sql").read_text())
    with ExitStack() as stack:
        django = {"plain", "stock"} & set(given.peers)  # one process serves both, at two addresses
        kinds = {name: "stock" if name in django else name for name in given.peers}
        servers = {
            kind: stack.enter_context(running(kind, environment(questions.database) | (ON_DJANGO if kind == "stock" else {})))
            for kind in dict.fromkeys(kinds.values())
        }  # fmt: skip
        contestants = [Contestant(name, servers[kind], questions) for name, kind in kinds.items()]
        for name, length in compare(contestants, questions.questions).items():
            console.print(f"{name}: equal answers of {length:,} bytes")
        costs: dict[Key, Cost] = {}
        for clients in given.clients:
            costs |= measured(contestants, given, clients)
            yield costs


def growing(given: argparse.Namespace) -> dict[Key, Cost]:
    with ExitStack() as stack:
        every = [asked(name, given.only) for name in given.growth]
        contestants = [
            Contestant(one.database, stack.enter_context(running("etwinning", environment(one.database))), one) for one in every
        ]  # fmt: skip
        try:
            return measured(contestants, given, 8)
        finally:
            for one in every:
                tidy(one.database)


def on_servers(questions: Asked, given: argparse.Namespace) -> dict[Key, Cost]:
    environs = environment(questions.database)
    questions = replace(questions, questions=[one for one in questions.questions if one.name in SERVED])
    with ExitStack() as stack:
        contestants = []
        for kind in ("etwinning", "uvicorn", "granian", "two processes"):
            cores = (SERVER_CORE, LOAD_CORE) if kind == "two processes" else (SERVER_CORE,)
            contestants.append(Contestant(kind, stack.enter_context(running(kind, environs, cores)), questions))
        return measured(contestants, given, 32)


def without_each(questions: Asked, given: argparse.Namespace) -> dict[Key, Cost]:
    """Us, and us without one of our gains, each in turn."""
    questions = replace(questions, questions=[one for one in questions.questions if one.name in GAINED])
    with ExitStack() as stack:
        kinds = ("etwinning", *(f"without {gain}" for gain in GAINS))
        environs = environment(questions.database)
        servers = {kind: stack.enter_context(running(kind, environs)) for kind in kinds}
        return measured([Contestant(kind, server, questions) for kind, server in servers.items()], given, 8)


def measured(contestants: list[Contestant], given: argparse.Namespace, clients: int) -> dict[Key, Cost]:
    """Who refuses more than half is told here only: to refuse costs little."""
    costs = measure(contestants, clients=clients, seconds=given.seconds, rounds=given.rounds)
    for (name, question, _), cost in costs.items():
        told = ", ".join(f"{title} {cell(cost)}" for title, cell in CELLS.items())
        console.print(f"{clients:2} clients  {question:26} {name.rpartition('/')[2]:14} {told}", highlight=False)
    return {key: cost for key, cost in costs.items() if cost.failed <= MOST_REFUSED}


if __name__ == "__main__":
    main()
