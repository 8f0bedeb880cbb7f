"""Every address of the dashboard: who may open it, and an example of the thing it is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

# visitor, teacher, pupil, own officer, own viewer, officer of another country, central
Answers = tuple[int, int, int, int, int, int, int]

DONE = 302  # decided, sent back
ASK = 422  # the form again: something is missing
EVERY_OFFICER: Answers = (302, 403, 403, 200, 200, 200, 200)
OWN_COUNTRY: Answers = (302, 403, 403, 200, 200, 404, 200)


@dataclass(frozen=True)
class Area:
    """One area's addresses by name. `things` makes what an address is about and returns the arguments of the address."""

    reading: dict[str, Answers] = field(default_factory=dict)
    deciding: dict[str, Answers] = field(default_factory=dict)
    things: dict[str, Callable[[], list[Any]]] = field(default_factory=dict)
    absent: dict[str, list[Any]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)  # of an address: the name of its thing
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)  # what else is posted

    fixed: dict[str, list[Any]] = field(default_factory=dict)  # of an address: arguments that name no thing
    apart: frozenset[str] = frozenset()  # what is written is checked in a test of their own

    def path(self, page: str, made: dict[str, list[Any]]) -> str:
        return reverse(f"dashboard:{page}", args=made.get(self.about.get(page, ""), self.fixed.get(page, [])))
