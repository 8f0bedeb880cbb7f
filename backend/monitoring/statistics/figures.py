"""The figures of one country over a period, counted exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, quantiles

from django.db.models import Count, QuerySet

from backend.accounts.models import Person, PersonKind, PersonState
from backend.core.guards import ensure
from backend.eventlog.models import Event
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Report, ReportState
from backend.monitoring.projects import Condition, holds, with_activity
from backend.monitoring.statistics.breakdowns import breakdowns, opened_in
from backend.projects.models import OPENED, Decision, Outcome, Project, ProjectState
from backend.schools.models import School, SchoolState
from backend.workspaces.models import File, Post, Update

LONGEST = 366 * 5  # days


@dataclass(frozen=True)
class Period:
    """Both days count."""

    since: date
    until: date


def check_period(period: Period) -> None:
    ensure(period.since <= period.until, "dates_reversed", field="until")
    ensure((period.until - period.since).days <= LONGEST, "period_too_long", field="until", years=LONGEST // 366)


@dataclass(frozen=True)
class Durations:
    """How long something took: hours, of all that came to an end in the period; none when nothing did."""

    number: int
    median: float | None
    percentile_90: float | None

    @classmethod
    def of(cls, spans: Iterable[timedelta]) -> "Durations":
        hours = sorted(span.total_seconds() / 3600 for span in spans)
        if not hours:
            return cls(0, None, None)
        last = quantiles(hours, n=10, method="inclusive")[-1] if len(hours) > 1 else hours[0]
        return cls(len(hours), round(median(hours), 1), round(last, 1))


@dataclass(frozen=True)
class Figures:
    """`counts` by name, `tables` of counts by name and code, `durations` by name."""

    country: str
    period: Period
    counts: dict[str, int]
    tables: dict[str, dict[str, int]]
    durations: dict[str, Durations]


def figures(country: str, period: Period) -> Figures:
    """Everything an agency reports on; the number of queries does not depend on the data."""
    counts = {**_people(country, period), **_projects(country, period), **_labels(country, period)}
    counts |= _work(country, period)
    return Figures(
        country, period, counts, breakdowns(country, period.since, period.until), _durations(country, period)
    )


def _people(country: str, period: Period) -> dict[str, int]:
    staff = Person.objects.filter(kind=PersonKind.STAFF, state=PersonState.VALIDATED)
    sizes = dict(staff.values_list("country").annotate(number=Count("pk")))
    mine = sizes.get(country, 0)
    schools = School.objects.filter(country=country, state=SchoolState.VALIDATED)
    return {
        "staff_total": mine,
        "staff_new": staff.filter(country=country, created_at__date__range=(period.since, period.until)).count(),
        "staff_everywhere": sum(sizes.values()),
        "staff_rank": 1 + sum(size > mine for size in sizes.values()),
        "schools_total": schools.count(),
        "schools_new": schools.filter(created_at__date__range=(period.since, period.until)).count(),
    }


def _projects(country: str, period: Period) -> dict[str, int]:
    founded = Project.objects.filter(members__country=country, members__founder_position__isnull=False).distinct()
    open_now = with_activity(founded.filter(state=ProjectState.OPEN))
    named = {f"projects_{condition.value.lower()}": condition for condition in Condition}
    return {
        "projects_total": founded.filter(state__in=OPENED).count(),
        "projects_new": opened_in(country, period.since, period.until).count(),
        "projects_open": founded.filter(state=ProjectState.OPEN).count(),
        **{name: open_now.filter(holds(condition)).count() for name, condition in named.items()},
    }


def _labels(country: str, period: Period) -> dict[str, int]:
    mine = LabelApplication.objects.filter(country=country)
    decided = mine.filter(state_since__date__range=(period.since, period.until))
    return {
        "label_applications": mine.filter(created_at__date__range=(period.since, period.until)).count(),
        "labels_awarded": decided.filter(state=LabelState.AWARDED).count(),
        "labels_refused": decided.filter(state=LabelState.REFUSED).count(),
    }


def _work(country: str, period: Period) -> dict[str, int]:
    counts, rooms = {}, set()
    for name, model in (("posts", Post), ("updates", Update), ("files", File)):
        made = model.objects.filter(
            author__country=country, created_at__date__range=(period.since, period.until), removed_at=None
        )
        rooms |= set(made.values_list("workspace", flat=True).distinct())
        counts[name] = made.count()
    handled = Report.objects.filter(country=country, state=ReportState.DECIDED)
    reports = handled.filter(decided_at__date__range=(period.since, period.until)).count()
    return {**counts, "workspaces_active": len(rooms), "reports_handled": reports}


def _durations(country: str, period: Period) -> dict[str, Durations]:
    during = (period.since, period.until)
    decided = Decision.objects.filter(country=country, is_automatic=False, decided_at__date__range=during)
    decided = decided.exclude(outcome=Outcome.PENDING)
    reports = Report.objects.filter(country=country, decided_at__date__range=during)
    return {
        "time_to_validate": Durations.of(_validations(country, period)),
        "time_to_approve": Durations.of(_spans(decided)),
        "time_to_handle_report": Durations.of(_spans(reports)),
    }


def _spans(decided: QuerySet[Decision] | QuerySet[Report]) -> Iterable[timedelta]:
    rows = decided.values_list("created_at", "decided_at")
    return [end - start for start, end in rows if end]


def _validations(country: str, period: Period) -> Iterable[timedelta]:
    """From the confirmed address to the first validation; further schools are not counted."""
    told = Event.objects.filter(countries__country=country, subject_type="accounts.Person")
    validated = told.filter(kind="person.validated").order_by("-id").values_list("subject_id", "at")
    ends = dict(validated)  # the first of several stays
    ended = {person: at for person, at in ends.items() if period.since <= at.date() <= period.until}
    starts = told.filter(kind="person.email_confirmed", subject_id__in=ended)
    return [ended[person] - at for person, at in starts.values_list("subject_id", "at")]
