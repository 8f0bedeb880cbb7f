"""Which countries work together: projects that reached the agencies, by the countries of their two founders."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from backend.accounts.models import Person
from backend.core import clock
from backend.monitoring.days import during
from backend.monitoring.projects import QUIET, STALLED
from backend.monitoring.rollups.reading import Window, sums
from backend.projects.models import Project, ProjectMember
from backend.schools.countries import PARTICIPANTS

WORKED, NOT_STARTED = ("last_work",), ("idle", "one_sided")
COUNTED = {"pair": "total", "pair_open": "open", "pair_waiting": "waiting"}


@dataclass(frozen=True)
class Partnership:
    """Two countries, the reader's own one first (the same twice for national projects), and their projects."""

    one: str
    other: str
    total: int = 0
    open: int = 0
    waiting: int = 0
    active: int = 0
    quiet: int = 0
    stalled: int = 0
    idle: int = 0

    @property
    def is_national(self) -> bool:
        return self.one == self.other


def partnerships(officer: Person, *, since: date | None = None, until: date | None = None) -> list[Partnership]:
    """Every pair of countries one of which this officer answers for; most projects first. One query.

    The days, which both count, are those on which projects were drafted; how open projects are doing is as of now.
    """
    scope = officer.oversees
    if scope.regions is not None:
        return []  # figures are of countries, and not a regional delegate's
    countries = PARTICIPANTS if scope.everywhere else sorted(scope.countries)
    windows = {"drafted": Window(since, until, tuple(COUNTED)), **doing_windows()}
    found: dict[tuple[str, str], Counter[str]] = {}
    for window, counted in sums(windows, countries=countries).items():
        for (country, measure, partner), number in counted.items():
            name = COUNTED.get(measure) if window == "drafted" else _doing(window, measure)
            if name and not (scope.covers(partner) and partner < country):  # a pair of two own countries counts once
                found.setdefault((country, partner), Counter())[name] += number
    pairs = [Partnership(one, other, **counts) for (one, other), counts in found.items() if counts["total"]]
    return sorted(pairs, key=lambda pair: (-pair.total, pair.one, pair.other))


def doing_windows() -> dict[str, Window]:
    """By the last day of work: within 30 days, within 60, before; and since ever for what never began."""
    today = clock.now().date()
    active, quiet = today - QUIET, today - STALLED
    day = timedelta(days=1)
    return {
        "active": Window(active, None, WORKED),
        "quiet": Window(quiet, active - day, WORKED),
        "stalled": Window(None, quiet - day, WORKED),
        "idle": Window(measures=NOT_STARTED),
    }


def _doing(window: str, measure: str) -> str | None:
    return window if measure == ("idle" if window == "idle" else "last_work") else None


def projects_between(
    officer: Person, one: str, other: str, *, since: date | None = None, until: date | None = None
) -> QuerySet[Project]:
    """The projects counted for this pair of countries, newest first."""
    either_way = Q(first__country=one, second__country=other) | Q(first__country=other, second__country=one)
    return _founded(officer, since, until).filter(either_way).order_by("-pk")


def _founded(officer: Person, since: date | None, until: date | None) -> QuerySet[Project]:
    founders = {
        name: FilteredRelation("members", condition=Q(members__founder_position=position))
        for position, name in enumerate(("first", "second"), start=1)
    }
    scope = officer.oversees
    mine = ProjectMember.objects.filter(scope.where("country"), project=OuterRef("pk"), founder_position__isnull=False)
    founded: QuerySet[Project] = Project.objects.annotate(**founders)
    return founded.filter(Exists(mine), during("created_at", since, until), round__gt=0)
