"""Comparing answers, then measuring all contestants in turn."""

import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from bench.peers.postgraphile import documents
from bench.requests.asking import Asked
from bench.requests.questions import Question
from bench.requests.servers import Server, ask

PATHS = {"stock": "/stock", "plain": "/plain", "raw": "/"}
BY_NAME = {"plain", "raw"}  # are told the question's name, not a document
Key = tuple[str, str, int]  # contestant, question, clients


@dataclass(frozen=True)
class Cost:
    """Medians of the rounds: milliseconds of server and database CPU a request, latencies, requests a second; and the
    cheapest and dearest round's server CPU."""

    server: float
    database: float
    p50: float
    p99: float
    rate: float
    failed: float  # the share that was refused, such as for taking too long
    spread: tuple[float, float]


@dataclass(frozen=True)
class Contestant:
    """A running server under the name it has in the tables, and what it is asked."""

    name: str
    server: Server
    asked: Asked

    @property
    def is_ours(self) -> bool:
        return self.name not in {*PATHS, "postgraphile"}

    def takes(self, question: Question) -> bool:
        return self.is_ours or self.name in question.peers

    def requests(self, question: Question) -> list[str]:
        """HTTP, ready to be written: one, or one for each who signs in."""
        return [self._request(each) for each in self._each(question)]

    def answer(self, question: Question) -> str:
        """The data, with sorted keys, and in the shape of ours."""
        url = f"http://127.0.0.1:{self.server.port}{PATHS.get(self.name, '/graphql')}"
        headers = dict(self._headers(question))
        answered = httpx.post(url, content=self._body(next(self._each(question))), headers=headers, timeout=60).json()
        if answered.get("errors"):
            raise SystemExit(f"{self.name}: {question.name}: {answered['errors']}")
        data = documents.ours(question, answered["data"]) if self.name == "postgraphile" else answered["data"]
        return json.dumps(data, sort_keys=True, ensure_ascii=False)

    def _each(self, question: Question) -> Iterator[Question]:
        if not question.logins:
            yield question
        for login in question.logins:
            given = {**question.keys, "login": login}
            yield Question(**{**vars(question), "variables": {"input": given}, "keys": given})

    def _body(self, question: Question) -> str:
        if self.name in BY_NAME:
            return json.dumps({"name": question.name, "keys": question.keys})
        if self.name == "postgraphile":
            return json.dumps(documents.body(question))
        return json.dumps({"query": question.document, "variables": question.variables})

    def _headers(self, question: Question) -> Iterator[tuple[str, str]]:
        yield "Host", f"127.0.0.1:{self.server.port}"
        yield from (("Content-Type", "application/json"), ("Accept", "application/json"))
        if question.who:
            yield "Authorization", f"Bearer {self.asked.tokens[question.who]}"

    def _request(self, question: Question) -> str:
        body = self._body(question)
        head = "".join(f"{name}: {value}\r\n" for name, value in self._headers(question))
        return f"POST {PATHS.get(self.name, '/graphql')} HTTP/1.1\r\n{head}Content-Length: {len(body.encode())}\r\n\r\n{body}"


def compare(contestants: list[Contestant], questions: list[Question]) -> dict[str, int]:
    """All give the same data, byte for byte once keys are sorted; else nothing is measured. How long the answers are."""
    lengths = {}
    for question in questions:
        answers = {one.name: one.answer(question) for one in contestants if one.takes(question)}
        first, ours = next(iter(answers.items()))
        for name, answer in answers.items():
            if answer != ours:
                raise SystemExit(f"{question.name}: {first} and {name} differ:\n{first_difference(ours, answer)}")
        lengths[question.name] = len(ours)
    return lengths


def measure(contestants: list[Contestant], *, clients: int, seconds: float, rounds: int) -> dict[Key, Cost]:
    """Interleaved, so that what slows the machine for a while slows everybody; the first round warms up."""
    found: dict[Key, list[dict[str, Any]]] = {}
    for number in range(rounds + 1):
        for place in range(len(contestants[0].asked.questions)):
            for one in contestants:
                question = one.asked.questions[place]
                if one.takes(question):
                    got = ask(one.server, one.requests(question), clients=clients, seconds=seconds)
                    if number:
                        found.setdefault((one.name, question.name, clients), []).append(got)
    return {key: _cost(results) for key, results in found.items()}


def _cost(results: list[dict[str, Any]]) -> Cost:
    latencies = sorted(ms for one in results for ms in one["latencies"])
    middle = {key: statistics.median(one[key] for one in results) for key in ("server", "database", "rate", "failed")}
    last = len(latencies) - 1
    spread = (min(one["server"] for one in results), max(one["server"] for one in results))
    return Cost(p50=latencies[last // 2], p99=latencies[last * 99 // 100], spread=spread, **middle)


def first_difference(ours: str, theirs: str) -> str:
    """Both answers from a little before where they part."""
    place = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return f"… {ours[max(0, place - 80) : place + 120]}\n… {theirs[max(0, place - 80) : place + 120]}"
