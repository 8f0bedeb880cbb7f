"""The figures of one country over a period, or of all countries together: read off what was counted beforehand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef

from backend.core.guards import ensure
from backend.monitoring.models import Work
from backend.monitoring.partnerships import doing_windows
from backend.monitoring.rollups.cell import EUROPE
from backend.monitoring.rollups.reading import Sums, Window, sums
from backend.monitoring.statistics.spans import Durations
from backend.projects.models import ProjectMember
from backend.schools.countries import PARTICIPANTS

LONGEST = 366 * 5  # days
TABLES = {
    "partner_countries": "opened",
    "subjects": "opened_subject",
    "languages": "opened_language",
    "school_types": "opened_type",
    "ages": "opened_age",
}
SPANS = {
    "time_to_validate": "validate",
    "time_to_approve": "approve",
    "time_to_handle_report": "report",
    "time_to_decide_label": "label",
}
BANDS = ("3-6", "7-11", "12-15", "16-20")
WORKED = ("posts", "updates", "files")
COUNTED = ("label_applications", "labels_awarded", "labels_refused", "reports_handled", "reports_made", *WORKED)
SO_FAR = ("staff", "schools", "opened", "pair_open", "idle", "one_sided")
TIMES = tuple(f"{what}_{unit}" for what in SPANS.values() for unit in ("hours", "days"))
IN_PERIOD = ("staff", "schools", "started", *COUNTED, *TABLES.values(), *TIMES)


@dataclass(frozen=True)
class Period:
    """Both days count."""

    since: date
    until: date


def check_period(period: Period) -> None:
    ensure(period.since <= period.until, "dates_reversed", field="until")
    ensure((period.until - period.since).days <= LONGEST, "period_too_long", field="until", years=LONGEST // 366)


@dataclass(frozen=True)
class Figures:
    """`counts` by name, `tables` of counts by name and code, `durations` by name."""

    country: str
    period: Period
    counts: dict[str, int]
    tables: dict[str, dict[str, int]]
    durations: dict[str, Durations]


def figures(country: str, period: Period) -> Figures:
    """Everything an agency reports on, in two queries; a blank country is all of them."""
    counted = Reading(country, period)
    return Figures(country, period, counted.counts(), counted.tables(), counted.durations())


class Reading:
    """What was counted for a country, over a period and ever."""

    def __init__(self, country: str, period: Period) -> None:
        self.country, self.period = country, period
        self.doing = doing_windows()
        during = Window(period.since, period.until, IN_PERIOD)
        windows = {"period": during, "ever": Window(measures=SO_FAR), **self.doing}
        self.read = sums(windows, countries=[country])
        self.staff = sums({"ever": Window(measures=("staff",))}, countries=PARTICIPANTS)["ever"]

    @cached_property
    def totals(self) -> dict[str, Counter[str]]:
        """By window and measure."""
        return {name: _by_measure(found) for name, found in self.read.items()}

    def counts(self, *, with_workspaces: bool = True) -> dict[str, int]:
        """With the active workspaces, which are looked for one by one: not for all of Europe."""
        ever, period = self.totals["ever"], self.totals["period"]
        mine = ever["staff"]
        of_staff = {
            "staff_total": mine,
            "staff_new": period["staff"],
            "staff_everywhere": self.staff.total(),
            "staff_rank": 1 + sum(number > mine for number in self.staff.values()),
        }
        of_schools = {"schools_total": ever["schools"], "schools_new": period["schools"]}
        rest = {name: period[name] for name in COUNTED}
        rooms = {"workspaces_active": self._active_workspaces()} if with_workspaces else {}
        return {**of_staff, **of_schools, **self._projects(), **rest, **rooms}

    def _projects(self) -> dict[str, int]:
        ever, period = self.totals["ever"], self.totals["period"]
        return {
            "projects_total": ever["opened"],
            "projects_new": period["opened"],
            "projects_started": period["started"],
            "projects_open": ever["pair_open"],
            **{f"projects_{name}": self.totals[name]["last_work"] for name in ("active", "quiet", "stalled")},
            "projects_never_started": ever["idle"],
            "projects_one_sided": ever["one_sided"],
        }

    def _active_workspaces(self) -> int:
        """Workspaces of the country's projects in which somebody did something in the period."""
        done = Work.objects.filter(day__range=(self.period.since, self.period.until))
        if self.country != EUROPE:
            founders = ProjectMember.objects.filter(country=self.country, founder_position__isnull=False)
            project = OuterRef("workspace__project")
            # Asked of each workspace by itself; with equality alone PostgreSQL reads all workspaces there are.
            done = done.filter(Exists(founders.filter(project=project, project__lte=project)))
        return done.values("workspace").distinct().count()

    def tables(self) -> dict[str, dict[str, int]]:
        """Most frequent first; ages in their own order."""
        found: dict[str, dict[str, int]] = {}
        for name, measure in TABLES.items():
            codes = {code: n for (_, which, code), n in self.read["period"].items() if which == measure and code}
            found[name] = dict(sorted(codes.items(), key=lambda row: (-row[1], row[0])))
        found["partner_countries"].pop(self.country, None)  # national projects have no partner country
        found["ages"] = {band: found["ages"].get(band, 0) for band in BANDS}
        return found

    def durations(self) -> dict[str, Durations]:
        return {
            name: Durations.of(*(_histogram(self.read["period"], f"{what}_{unit}") for unit in ("hours", "days")))
            for name, what in SPANS.items()
        }


def _by_measure(found: Sums) -> Counter[str]:
    totals: Counter[str] = Counter()
    for (_, measure, _), number in found.items():
        totals[measure] += number
    return totals


def _histogram(found: Sums, measure: str) -> Counter[int]:
    return Counter({int(code): number for (_, which, code), number in found.items() if which == measure})
