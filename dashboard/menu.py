"""What the left menu offers: only what exists, with what waits behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.monitoring.queues import Backlog, standings
from dashboard.access import OfficerRequest

BACKLOGS = "_backlogs"


@dataclass(frozen=True)
class Item:
    """A page, and the pages that belong under it; `may_see` says for whom it is there."""

    page: str
    label: str | Promise
    below: tuple[str, ...] = ()
    queue: str = ""
    waits: str = ""  # of the same kind, though no queue: its count does not change by itself
    may_see: Callable[[Person], bool] = lambda viewer: True


def is_of_countries(viewer: Person) -> bool:
    """Figures and messages are of countries: not for regional delegates."""
    return viewer.oversees.regions is None


MENU: tuple[tuple[str | Promise, tuple[Item, ...]], ...] = (
    ("", (Item("today", _("Today")),)),
    (
        _("Queues"),
        (
            Item("people", _("People"), ("person", "person_seen", "erasure", "factor_of"), "people"),
            Item("schools", _("Schools"), ("school", "correct_school"), "schools"),
            Item("projects", _("Projects"), ("project", "inside", "look_inside"), "projects"),
            Item(
                "reports",
                _("Reports"),
                ("report", "open_report", "decide_report", "confirm_ban", "escalate_report"),
                "reports",
            ),
            Item("appeals", _("Appeals"), ("appeal", "decide_appeal"), waits="appeals"),
            Item("labels", _("Labels"), ("label", "assess_label"), "labels"),
            Item("help", _("Help"), ("help_request", "answer_help"), "help"),
        ),
    ),
    (
        _("Monitor"),
        (
            Item("partnerships", _("Partnerships"), ("partnership", "matrix"), may_see=is_of_countries),
            Item("monitor", _("Projects monitor"), ("founders",)),
            Item("statistics", _("Statistics"), ("rows", "period_report"), may_see=is_of_countries),
        ),
    ),
    (
        _("Tools"),
        (
            Item("european_labels", _("European label"), may_see=is_of_countries),
            Item("exports", _("Exports"), may_see=is_of_countries),
            Item(
                "mailings",
                _("Messages to teachers"),
                ("mailing", "draft_mailing", "edit_mailing"),
                may_see=is_of_countries,
            ),
            Item("trail", _("Audit trail")),
        ),
    ),
    (
        _("Settings"),
        (
            Item("settings", _("Agency"), ("officers",)),
            Item("texts", _("Ready texts"), ("text", "write_text")),
            Item("second_factor", _("Second factor")),
            Item("system", _("System"), may_see=is_central),
        ),
    ),
)


@dataclass(frozen=True)
class Entry:
    """An item as one request sees it; `current` is the value of aria-current."""

    url: str
    label: str | Promise
    current: str
    queue: str
    count: int | None


def menu(request: OfficerRequest) -> Iterator[tuple[str | Promise, list[Entry]]]:
    """Groups with at least one page for this officer."""
    here = request.resolver_match.url_name if request.resolver_match else None
    counts = {name: found.waiting for name, found in backlogs(request).items()}
    for heading, items in MENU:
        entries = [
            Entry(
                url=reverse(f"dashboard:{item.page}"),
                label=item.label,
                current="page" if here == item.page else "true" if here in item.below else "",
                queue=item.queue,
                count=counts.get(item.queue or item.waits),
            )
            for item in items
            if item.may_see(request.user)
        ]
        if entries:
            yield heading, entries


def backlogs(request: OfficerRequest) -> dict[str, Backlog]:
    """How each queue stands; counted once a request."""
    if not hasattr(request, BACKLOGS):
        setattr(request, BACKLOGS, standings(request.user))
    found: dict[str, Backlog] = getattr(request, BACKLOGS)
    return found
