"""Which countries work together: projects that reached the agencies, by the countries of their two founders."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, FilteredRelation, Q, QuerySet

from backend.accounts.models import Person
from backend.projects.models import Project, ProjectState

COUNTED = {
    "total": Q(),
    "open": Q(state=ProjectState.OPEN),
    "waiting": Q(state=ProjectState.PENDING_APPROVAL),
}


@dataclass(frozen=True)
class Partnership:
    """Two countries, the reader's own one first (the same twice for national projects), and their projects."""

    one: str
    other: str
    total: int
    open: int
    waiting: int

    @property
    def is_national(self) -> bool:
        return self.one == self.other


def partnerships(officer: Person, *, since: date | None = None, until: date | None = None) -> list[Partnership]:
    """Every pair of countries one of which this officer answers for; most projects first. One query.

    The days, which both count, are those on which projects were drafted.
    """
    counts = {name: Count("pk", filter=condition) for name, condition in COUNTED.items()}
    mine = officer.oversees.covers
    sums: dict[tuple[str, str], Counter[str]] = {}
    for row in _founded(officer, since, until).values("first__country", "second__country").annotate(**counts):  # type: ignore[misc]
        pair = sorted((row["first__country"], row["second__country"]), key=lambda code: (not mine(code), code))
        sums.setdefault((pair[0], pair[1]), Counter()).update({name: row[name] for name in COUNTED})
    pairs = [Partnership(one, other, **{name: sums[one, other][name] for name in COUNTED}) for one, other in sums]
    return sorted(pairs, key=lambda pair: (-pair.total, pair.one, pair.other))


def projects_between(
    officer: Person, one: str, other: str, *, since: date | None = None, until: date | None = None
) -> QuerySet[Project]:
    """The projects counted for this pair of countries, newest first."""
    either_way = Q(first__country=one, second__country=other) | Q(first__country=other, second__country=one)
    return _founded(officer, since, until).filter(either_way).order_by("-pk")


def _founded(officer: Person, since: date | None, until: date | None) -> QuerySet[Project]:
    days = {"created_at__date__gte": since, "created_at__date__lte": until}
    founders = {
        name: FilteredRelation("members", condition=Q(members__founder_position=position))
        for position, name in enumerate(("first", "second"), start=1)
    }
    scope = officer.oversees
    mine = scope.where("first__country") | scope.where("second__country")
    founded: QuerySet[Project] = Project.objects.annotate(**founders)
    return founded.filter(mine, round__gt=0, **{name: day for name, day in days.items() if day})
