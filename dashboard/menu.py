"""What the left menu offers: only what exists, with what waits behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.monitoring.queues import Backlog, backlog, decisions_waiting, people_waiting
from dashboard.access import OfficerRequest

BACKLOGS = "_backlogs"


@dataclass(frozen=True)
class Item:
    """A page, and the pages that belong under it."""

    page: str
    label: str | Promise
    below: tuple[str, ...] = ()
    queue: str = ""


MENU: tuple[tuple[str | Promise, tuple[Item, ...]], ...] = (
    ("", (Item("today", _("Today")),)),
    (
        _("Queues"),
        (
            Item("people", _("People"), ("person", "school"), "people"),
            Item("projects", _("Projects"), ("project",), "projects"),
        ),
    ),
    (_("Monitor"), (Item("partnerships", _("Partnerships"), ("partnership",)),)),
)


@dataclass(frozen=True)
class Entry:
    """An item as one request sees it; `current` is the value of aria-current."""

    url: str
    label: str | Promise
    current: str
    count: int | None


def menu(request: OfficerRequest) -> Iterator[tuple[str | Promise, list[Entry]]]:
    here = request.resolver_match.url_name if request.resolver_match else None
    counts = {name: found.waiting for name, found in backlogs(request).items()}
    for heading, items in MENU:
        entries = [
            Entry(
                url=reverse(f"dashboard:{item.page}"),
                label=item.label,
                current="page" if here == item.page else "true" if here in item.below else "",
                count=counts.get(item.queue),
            )
            for item in items
        ]
        yield heading, entries


def backlogs(request: OfficerRequest) -> dict[str, Backlog]:
    """How each queue stands; counted once a request."""
    if not hasattr(request, BACKLOGS):
        queues: dict[str, QuerySet[object]] = {  # type: ignore[type-var]
            "people": people_waiting(request.user),
            "projects": decisions_waiting(request.user),
        }
        setattr(request, BACKLOGS, {name: backlog(queue) for name, queue in queues.items()})
    found: dict[str, Backlog] = getattr(request, BACKLOGS)
    return found
