"""bench/RESULTS.md and its chart."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bench.requests import machine
from bench.requests.chart import chart
from bench.requests.rounds import Cost, Key

BENCH = Path(__file__).parents[1]
TARGETS = {"partner search": 4, "project page": 7, "list of 500": 2.3}  # times PostGraphile's server CPU
PREFACE = """\
# What requests cost

Written by `{command}` on {day}; `make bench` writes it again.

{machine}. {versions}.

Data: {size} on disk.

Each server has a core of its own, one process (PostGraphile's garbage collector and PostgreSQL run where they like); the
load is on the other core. Everybody is signed in by a bearer token, ours with all walls and limits on; budgets are reckoned
and taken, but never reached. All answers were compared before, byte for byte. Rounds are interleaved; figures are medians
of {rounds} rounds of {seconds:g} s, in milliseconds a request; in brackets the cheapest and dearest round. What is written goes
through the same rules in the peers that are Django; the others have no such rules, so they are not asked. Where more than
half of what was asked is refused, such as for taking too long, no figure stands.

- **raw**: one SQL statement that gives JSON, on a bare ASGI application with a connection pool.
- **postgraphile**: PostGraphile 5 on the same tables, with the functions it needs.
- **plain**: a Django view by hand, `.values()`, no middleware.
- **stock**: the same schema as Strawberry and the optimizer make it: no walls, no limits, no cache, no compiled completion.
"""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = ["| " + " | ".join(cells) + " |" for cells in (names, *rows)]
    return "\n".join([lines[0], "|---" + "|---:" * (len(names) - 1) + "|", *lines[1:]]) + "\n"


class Results:
    """Collects sections, and writes them."""

    def __init__(self, command: str, database: str, *, rounds: int, seconds: float) -> None:
        self.sections = [
            PREFACE.format(
                command=command, day=datetime.now(UTC).date(), machine=machine.machine(), rounds=rounds, seconds=seconds,
                versions=machine.versions(database), size=machine.size(database),
            )
        ]  # fmt: skip

    def write(self) -> None:
        (BENCH / "RESULTS.md").write_text("\n".join(self.sections))

    def add_chart(self, costs: dict[Key, Cost], clients: int) -> None:
        values: dict[str, dict[str, float]] = {}
        for (name, question, many), cost in costs.items():
            if many == clients:
                values.setdefault(question, {})[name] = cost.server
        title = f"Server CPU a request in ms, {clients} clients (logarithmic)"
        (BENCH / "results.svg").write_text(chart(title, values))
        self.sections.append(f"![{title}](results.svg)\n")

    def add_ratios(self, costs: dict[Key, Cost], clients: int) -> None:
        """Server CPU as a ratio to PostGraphile's."""
        rows = []
        for question in dict.fromkeys(question for _, question, _ in costs):
            base = costs.get(("postgraphile", question, clients))
            if base:
                found = [costs.get((name, question, clients)) for name in ("etwinning", "stock", "plain", "raw")]
                target = f"≤ {TARGETS[question]:g}" if question in TARGETS else ""
                rows.append([question, *(f"{one.server / base.server:.1f}" if one else "–" for one in found), target])
        head = (f"× PostGraphile's server CPU, {clients} clients", "eTwinning", "stock", "plain", "raw", "aim")
        self.sections += ["## As ratios\n", table(head, rows)]

    def add_costs(self, costs: dict[Key, Cost]) -> None:
        names = list(dict.fromkeys(name for name, _, _ in costs))
        for clients in dict.fromkeys(clients for _, _, clients in costs):
            self.sections.append(f"## {clients} client{'s' if clients > 1 else ''}\n")
            for title, cell in CELLS.items():
                rows = [
                    [question, *(cell(costs[name, question, clients]) if (name, question, clients) in costs else "–" for name in names)]
                    for question in dict.fromkeys(question for _, question, _ in costs)
                ]  # fmt: skip
                self.sections.append(table([title, *names], rows))

    def add_growth(self, costs: dict[Key, Cost], people: dict[str, int]) -> None:
        """The same questions in databases of several sizes."""
        names = list(people)
        rows = []
        for question in dict.fromkeys(question for _, question, _ in costs):
            found = [costs[key].p50 for name in names if (key := (name, question, 8)) in costs]
            if len(found) == len(names):
                rows.append([question, *(f"{ms:.1f}" for ms in found), f"× {found[-1] / found[-2]:.2f}"])
        head = ["p50 in ms, 8 clients", *(f"{many:,} people" for many in people.values()), "growth of the last step"]
        self.sections += ["## How cost grows\n", table(head, rows)]

    def add_servers(self, costs: dict[Key, Cost]) -> None:
        """eTwinning on other servers, and on two processes."""
        rows = [
            [f"{question}: {name}", f"{cost.server:.2f}", f"{cost.p50:.1f}", f"{cost.p99:.1f}", f"{cost.rate:.0f}"]
            for (name, question, _), cost in sorted(costs.items(), key=lambda item: item[0][1])
        ]
        text = (
            "`two processes` listen on one port (`--reuse-port`), one on the load's core, since this machine has two; "
            "the others have one process.\n"
        )
        head = ("32 clients", "server CPU, ms", "p50, ms", "p99, ms", "requests/s")
        self.sections += ["## Servers and processes\n", text, table(head, rows)]

    def add_gains(self, costs: dict[Key, Cost]) -> None:
        """What a request costs where one gain is taken back."""
        questions = list(dict.fromkeys(question for _, question, _ in costs))
        text = (
            "CPU in ms a request at 8 clients where one gain is taken back, and as a ratio to all of them together.\n"
        )
        self.sections += ["## What each gain brings\n", text]
        for title, spent in {"server CPU": "server", "database CPU": "database"}.items():
            rows = []
            for name in dict.fromkeys(name for name, _, _ in costs):
                pairs = [
                    (getattr(costs[name, one, 8], spent), getattr(costs["etwinning", one, 8], spent))
                    for one in questions
                ]
                rows.append([name, *(f"{ms:.2f} (× {ms / ours:.2f})" if ours else f"{ms:.2f}" for ms, ours in pairs)])
            self.sections.append(table([title, *questions], rows))


CELLS = {
    "server CPU": lambda c: f"{c.server:.2f} ({c.spread[0]:.2f}–{c.spread[1]:.2f})",
    "database CPU": lambda c: f"{c.database:.2f}",
    "p50 / p99": lambda c: f"{c.p50:.1f} / {c.p99:.1f}",
    "requests/s": lambda c: f"{c.rate:.0f}" + (f", {c.failed:.0%} refused" if c.failed else ""),
}
