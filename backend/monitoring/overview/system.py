"""How the platform itself is doing, for the central service."""

import platform
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Count, F, Max, Min, Q, QuerySet, Sum, Value

from backend.accounts.models import Person, PersonState
from backend.accounts.permissions import CONSENT_VERSION
from backend.agencies.models import Agency
from backend.core import clock
from backend.core.jobs import known_jobs
from backend.core.models import JobRun
from backend.eventlog.models import Event, Stream
from backend.monitoring.queues import all_of
from backend.workspaces.models import File

ABSENT = timedelta(days=14)
PACKAGES = ("Django", "strawberry-graphql", "strawberry-graphql-django", "channels", "daphne")


@dataclass(frozen=True)
class JobState:
    """A command of cron, its last run if any, and whether it should have run again by now."""

    name: str
    run: JobRun | None
    is_late: bool


@dataclass(frozen=True)
class Backlog:
    """What waits in one country."""

    country: str
    waiting: int
    overdue: int
    oldest: datetime | None


def jobs() -> list[JobState]:
    """Late is what did not run within twice its time, or failed."""
    runs = {run.name: run for run in JobRun.objects.all()}
    now, found = clock.now(), []
    for name, command in known_jobs().items():
        run = runs.get(name)
        is_late = run is None or run.has_failed or run.started_at < now - 2 * command.every
        found.append(JobState(name, run, is_late))
    return found


def backlogs(officer: Person) -> list[Backlog]:
    """What waits across the countries, most overdue first; one query."""
    rows = [_by_country(name, queue) for name, queue in all_of(officer).items()]
    sums: dict[str, list[Any]] = {}
    for row in rows[0].union(*rows[1:], all=True):
        entry = sums.setdefault(row["of"], [0, 0, []])
        entry[0] += row["waiting"]
        entry[1] += row["overdue"]
        entry[2].append(row["oldest"])
    found = [Backlog(country, waiting, late, min(since)) for country, (waiting, late, since) in sums.items()]
    return sorted(found, key=lambda one: (-one.overdue, -one.waiting, one.country))


def _by_country(name: str, queue: QuerySet[Any]) -> Any:
    grouped = queue.order_by().annotate(queue=Value(name, CharField()), of=F("country")).values("queue", "of")
    late = Count("pk", filter=Q(due_at__lt=clock.now()), distinct=True)
    return grouped.annotate(waiting=Count("pk", distinct=True), overdue=late, oldest=Min("waiting_since"))


def absent_agencies() -> list[Agency]:
    """Where no officer has been here for two weeks, with `officers_number` and `last_here`."""
    in_force = Q(officers__person__state=PersonState.VALIDATED)
    here = Max("officers__person__last_active", filter=in_force)
    agencies = Agency.objects.filter(country__isnull=False).select_related("country")
    told = agencies.annotate(officers_number=Count("officers", filter=in_force), last_here=here)
    return list(told.filter(Q(last_here=None) | Q(last_here__lt=clock.now() - ABSENT)).order_by("country"))


def streams() -> dict[str, Any]:
    """How the event log stands: what came within a day, the newest, and streams that have lost count."""
    day_ago = _key_at(clock.now() - timedelta(days=1))
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    broken = Stream.objects.filter(floor__gt=F("head")).count()
    return {"broken": broken, "newest": newest, "today": Event.objects.filter(pk__gte=day_ago).count()}


def _key_at(moment: datetime) -> UUID:
    """The smallest UUIDv7 of a moment: events of a day are a range of keys."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def storage() -> dict[str, int | None]:
    """Bytes: of the database where it tells, of materials, and what is free for files."""
    with connection.cursor() as cursor:
        size = None
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    kept = File.objects.aggregate(bytes=Sum("size"))["bytes"] or 0
    return {"database": size, "files": kept, "free": shutil.disk_usage(settings.VAR).free}


def versions() -> Iterable[tuple[str, str]]:
    return [
        ("Python", platform.python_version()),
        *((name, version(name)) for name in PACKAGES),
        ("Consent", CONSENT_VERSION),
    ]
