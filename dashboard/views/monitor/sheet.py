"""All figures of a country and period as they are shown: each with its words and the address of the rows behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.monitoring.rollups.reading import by_month, last_day
from backend.monitoring.statistics import Durations
from backend.monitoring.statistics.backlog import backlog_ages, waiting_days
from backend.monitoring.statistics.figures import TABLES, Reading
from dashboard.access import OfficerRequest
from dashboard.forms.periods import ALL, PeriodFilters
from dashboard.svg.charts import Line, line

Text = str | Promise
MONTHS = 12
TRENDS: dict[str, Text] = {
    "staff": _("Registered staff"),
    "opened": _("Projects opened"),
    "label_applications": _("Label applications"),
    "reports_made": _("Reports made"),
}
TITLES: dict[str, Text] = {
    "partner_countries": _("Partner countries"), "subjects": _("Subjects"), "languages": _("Languages"),
    "school_types": _("Levels, by type of school"), "ages": _("Ages of pupils"),
}  # fmt: skip
SPANS: dict[str, tuple[Text, str]] = {
    "time_to_validate": (_("Time to validate people"), "validated"),
    "time_to_approve": (_("Time to decide on projects"), "decisions"),
    "time_to_handle_report": (_("Time to handle reports"), "reports_handled"),
    "time_to_decide_label": (_("Time to decide on label applications"), "labels_decided"),
}


@dataclass(frozen=True)
class Number:
    """A figure, the rows behind it, and a remark: a share, a rank."""

    label: Text
    value: int
    url: str
    part: int | None = None
    whole: int | None = None
    rank: int | None = None


class Sheet:
    """All figures of a country and period, each with the address of its rows."""

    def __init__(self, filters: PeriodFilters) -> None:
        self.filters = filters
        self.country, self.period = filters.of, filters.period
        self.reading = Reading(self.country, self.period)
        self.counts = self.reading.counts(with_workspaces=bool(self.country))

    def url(self, name: str, code: str = "", **days: date | None) -> str:
        return rows_url(self.country, name, code, **days)

    def during(self, name: str, code: str = "") -> str:
        return self.url(name, code, since=self.period.since, until=self.period.until)

    @property
    def groups(self) -> list[tuple[Text, list[Number]]]:
        return [
            (_("Staff and schools"), self._people()),
            (_("Projects"), self._projects()),
            (_("How open projects are doing"), self._doing()),
            (_("Work in workspaces"), self._work()),
            (_("Quality labels and reports"), self._labels()),
        ]

    def _people(self) -> list[Number]:
        c = self.counts
        everywhere = {"part": c["staff_total"], "whole": c["staff_everywhere"], "rank": c["staff_rank"]}
        return [
            Number(_("Registered staff"), c["staff_total"], self.url("staff"), **(everywhere if self.country else {})),
            Number(_("of these, new in the period"), c["staff_new"], self.during("staff")),
            Number(_("Schools"), c["schools_total"], self.url("schools")),
            Number(_("of these, new in the period"), c["schools_new"], self.during("schools")),
        ]

    def _projects(self) -> list[Number]:
        c = self.counts
        started = {"part": c["projects_started"], "whole": c["projects_new"]}
        return [
            Number(_("Projects opened so far"), c["projects_total"], self.url("opened")),
            Number(_("opened in the period"), c["projects_new"], self.during("opened")),
            Number(_("of these, became active"), c["projects_started"], self.during("started"), **started),
            Number(_("Open projects"), c["projects_open"], self.url("pair_open")),
        ]

    def _doing(self) -> list[Number]:
        c, windows = self.counts, self.reading.doing
        named = {
            "active": _("Active within 30 days"),
            "quiet": _("Quiet for 30 days"),
            "stalled": _("Stalled for 60 days"),
        }
        return [
            *(
                Number(
                    label,
                    c[f"projects_{name}"],
                    self.url("last_work", since=windows[name].since, until=windows[name].until),
                )
                for name, label in named.items()
            ),
            Number(_("Approved, but never started"), c["projects_never_started"], self.url("idle")),
            Number(_("Only one founder’s school is active"), c["projects_one_sided"], self.url("one_sided")),
        ]

    def _work(self) -> list[Number]:
        named = {"posts": _("Posts written"), "updates": _("News posted"), "files": _("Files added")}
        found = [Number(label, self.counts[name], self.during(name)) for name, label in named.items()]
        if self.country:
            active = self.counts["workspaces_active"]
            found.append(Number(_("Active workspaces"), active, self.during("workspaces_active")))
        return found

    def _labels(self) -> list[Number]:
        c = self.counts
        decided = c["labels_awarded"] + c["labels_refused"]
        return [
            Number(_("Label applications"), c["label_applications"], self.during("label_applications")),
            Number(
                _("Labels awarded"), c["labels_awarded"], self.during("labels_awarded"), c["labels_awarded"], decided
            ),
            Number(_("Labels refused"), c["labels_refused"], self.during("labels_refused")),
            Number(_("Reports made"), c["reports_made"], self.during("reports_made")),
            Number(_("Reports handled"), c["reports_handled"], self.during("reports_handled")),
        ]

    @property
    def durations(self) -> list[tuple[Text, Durations, str]]:
        found = self.reading.durations()
        return [(SPANS[name][0], each, self.during(SPANS[name][1])) for name, each in found.items()]

    @property
    def tables(self) -> list[tuple[str, Text, int, list[tuple[str, int, str]]]]:
        """Name, title, largest number and rows."""
        found = []
        for name, rows in self.reading.tables().items():
            linked = [(code, number, self.during(TABLES[name], code)) for code, number in rows.items()]
            if rows and (name != "partner_countries" or self.country):
                found.append((name, TITLES[name], max(rows.values()) or 1, linked))
        return found

    @property
    def trends(self) -> list[tuple[Text, Line, list[tuple[date, int, str]]]]:
        """The twelve months that end with the period."""
        found = []
        for name, months in by_month(self.country, [*TRENDS], self.period.until, MONTHS).items():
            found.append((TRENDS[name], *trend(months, partial(self.url, name))))
        return found

    @property
    def months(self) -> tuple[list[Text], list[tuple[date, list[tuple[int, str]]]]]:
        """The same with a row for each month: the titles, and the numbers under them."""
        trends = self.trends
        rows = zip(*(numbers for _title, _line, numbers in trends), strict=True)
        found = [(row[0][0], [(number, url) for _month, number, url in row]) for row in rows]
        return [title for title, _line, _numbers in trends], found

    def backlog(self, request: OfficerRequest) -> list[tuple[str, list[tuple[str, int, str]]]]:
        found = []
        for queue, ages in backlog_ages(request.user, self.country).items():
            name = f"waiting_{queue}"
            cells = []
            for age, number in ages.items():
                since, until = waiting_days(age)
                cells.append((age, number, self.url(name, since=since, until=until)))
            found.append((name, cells))
        return found


def trend(months: list[tuple[date, int]], url: Callable[..., str]) -> tuple[Line, list[tuple[date, int, str]]]:
    """A line over months, and its numbers with the addresses of their rows."""
    drawn = line([number for _month, number in months])
    return drawn, [(month, number, url(since=month, until=last_day(month))) for month, number in months]


def rows_url(country: str, name: str, code: str = "", *, since: date | None = None, until: date | None = None) -> str:
    """The rows that a figure counts."""
    days = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    query = urlencode({key: value for key, value in {"code": code, **days}.items() if value})
    return reverse("dashboard:rows", args=[country or ALL, name]) + (f"?{query}" if query else "")
