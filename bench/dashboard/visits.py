"""An officer's browser, with a clock."""

import time
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Self

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp import DEVICE_ID_SESSION_KEY

from backend.accounts.models import Person


@dataclass(frozen=True)
class Cost:
    """Of one page; times in milliseconds."""

    status: int
    first: float
    median: float
    p95: float
    statements: list[str]
    size: int


class Visit:
    """Signed in with a second factor while it lasts."""

    def __init__(self, login: str) -> None:
        self.officer = Person.objects.get(login=login)
        self.officer.is_proved = True
        self.client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip", raise_request_exception=False)

    def __enter__(self) -> Self:
        self.client.force_login(self.officer)
        session = self.client.session
        session[DEVICE_ID_SESSION_KEY] = "bench"
        session.save()
        return self

    def __exit__(self, *failed: object) -> None:
        self.client.session.flush()

    def cost(self, path: str, times: int) -> Cost:
        _answer, first = self.open(path)
        with CaptureQueriesContext(connection) as captured:
            answer, _second = self.open(path)
        statements = [query["sql"] for query in captured.captured_queries]  # before the next request forgets them
        spent = [self.open(path)[1] for _ in range(max(times, 2))]
        p95 = quantiles(spent, n=20, method="inclusive")[-1]
        return Cost(answer.status_code, first, median(spent), p95, statements, len(answer.content))

    def open(self, path: str) -> tuple[Any, float]:
        began = time.perf_counter()
        answer = self.client.get(f"/dashboard/{path}")
        return answer, (time.perf_counter() - began) * 1000
