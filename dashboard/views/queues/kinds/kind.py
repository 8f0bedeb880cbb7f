"""The six queues: what a row shows, how it is narrowed, and what can be decided for several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from dashboard.forms.filters import QueueFilters


@dataclass(frozen=True)
class Verb:
    """Something that can be done to a case; `do` calls the rule with the case, the officer and the text typed."""

    name: str
    label: str | Promise
    do: Callable[[Any, Person, str], Any]
    is_first: bool = False
    ends: bool = False


def unprepared(viewer: Person, rows: Sequence[Any]) -> None:
    """A row that shows only what it is."""


@dataclass(frozen=True)
class Kind:
    """One queue. `load` fetches what its rows show; `prepare` adds what depends on the reader."""

    name: str
    title: str | Promise
    lead: str | Promise
    empty: tuple[str | Promise, str | Promise]
    filters: type[QueueFilters]
    load: Callable[[QuerySet[Any]], QuerySet[Any]]
    prepare: Callable[[Person, Sequence[Any]], None] = unprepared
    verbs: tuple[Verb, ...] = ()
    text_help: str | Promise = field(
        default=_("Needed wherever a single decision needs it; everybody concerned reads it.")
    )

    uses: str = ""  # of the ready texts that are offered

    @property
    def row(self) -> str:
        return f"dashboard/queues/rows/{self.name}.html"
