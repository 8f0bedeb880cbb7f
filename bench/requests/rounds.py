"""Comparing answers, then measuring all servers in turn."""

import json
import statistics
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from bench.requests.questions import Question
from bench.requests.servers import Server, ask, running

PATHS = {"etwinning": "/graphql", "stock": "/stock", "plain": "/plain", "raw": "/"}
DJANGO = {"plain", "stock"}  # one process serves both, at two addresses


@dataclass(frozen=True)
class Cost:
    """Medians of the rounds: milliseconds of server and database CPU a request, latencies, requests a second."""

    server: float
    database: float
    p50: float
    p99: float
    rate: float


class Rounds:
    def __init__(self, questions: list[Question], tokens: dict[str, str], peers: list[str]) -> None:
        self.questions, self.tokens, self.peers = questions, tokens, peers
        self.servers: dict[str, Server] = {}
        self.costs: dict[tuple[str, str, int], Cost] = {}
        self.console = Console(width=150)

    def start(self, stack: ExitStack) -> None:
        settings = {"DATABASE_POOL": "8"}
        for peer in self.peers:
            more = {"DJANGO_SETTINGS_MODULE": "bench.peers.settings"} if peer in DJANGO else {}
            self.servers[peer] = stack.enter_context(
                running("stock" if peer == "plain" else peer, {**settings, **more})
            )

    def body(self, peer: str, question: Question) -> dict[str, Any]:
        if peer in ("plain", "raw"):
            return {"name": question.name, "keys": question.keys}
        return {"query": question.document, "variables": question.variables}

    def request(self, peer: str, question: Question) -> str:
        body = json.dumps(self.body(peer, question), default=str)
        token = self.tokens["officer" if question.officer else "teacher"]
        head = (
            f"POST {PATHS[peer]} HTTP/1.1\r\nHost: 127.0.0.1:{self.servers[peer].port}\r\nContent-Type: application/json\r\n"
            f"Accept: application/json\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
        )
        return head + body

    def compare(self) -> None:
        """All give the same data, byte for byte once keys are sorted; else nothing is measured."""
        for question in self.questions:
            answers = {
                peer: self.answer(peer, question) for peer in self.peers if peer in ("etwinning", *question.peers)
            }
            ours = answers.get("etwinning") or next(iter(answers.values()))
            different = [peer for peer, answer in answers.items() if answer != ours]
            if different:
                shown = first_difference(ours, answers[different[0]])
                raise SystemExit(f"{question.name}: {', '.join(different)} answer differently:\n{shown}")
            self.console.print(f"{question.name}: {len(answers)} equal answers of {len(ours):,} bytes")

    def answer(self, peer: str, question: Question) -> str:
        body = self.body(peer, question)
        token = self.tokens["officer" if question.officer else "teacher"]
        url = f"http://127.0.0.1:{self.servers[peer].port}{PATHS[peer]}"
        answered = httpx.post(
            url, content=json.dumps(body, default=str), timeout=60,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"},
        ).json()  # fmt: skip
        if answered.get("errors"):
            raise SystemExit(f"{peer}: {question.name}: {answered['errors']}")
        return json.dumps(answered["data"], sort_keys=True, ensure_ascii=False)

    def measure(self, clients: int, seconds: float, rounds: int) -> None:
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for number in range(rounds + 1):
            for question in self.questions:
                for peer in self.peers:
                    if peer == "etwinning" or peer in question.peers:
                        got = ask(self.servers[peer], self.request(peer, question), clients=clients, seconds=seconds)
                        if number:  # the first round warms up
                            found.setdefault((peer, question.name), []).append(got)
        for (peer, name), results in found.items():
            latencies = sorted(ms for one in results for ms in one["latencies"])
            middle = {key: statistics.median(one[key] for one in results) for key in ("server", "database", "rate")}
            cuts = statistics.quantiles(latencies, n=100)
            self.costs[peer, name, clients] = Cost(p50=cuts[49], p99=cuts[98], **middle)

    def report(self) -> None:
        for clients in sorted({clients for _, _, clients in self.costs}):
            table = Table(title=f"{clients} clients: server CPU / database CPU / p50 / p99 in ms")
            table.add_column("question")
            for peer in self.peers:
                table.add_column(peer, justify="right")
            for question in self.questions:
                costs = [self.costs.get((peer, question.name, clients)) for peer in self.peers]
                cells = [f"{c.server:.2f} / {c.database:.2f} / {c.p50:.1f} / {c.p99:.1f}" if c else "–" for c in costs]
                table.add_row(question.name, *cells)
            self.console.print(table)


def first_difference(ours: str, theirs: str) -> str:
    """Both answers from a little before where they part."""
    place = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return f"… {ours[max(0, place - 80) : place + 120]}\n… {theirs[max(0, place - 80) : place + 120]}"
