"""The rows behind figures as tables: the same columns on a page, in a CSV file and in a spreadsheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.labels.models import LabelApplication
from backend.moderation.models import HelpRequest, Report
from backend.monitoring.models import Work
from backend.projects.models import Decision, Project, ProjectMember
from backend.schools.countries import country_label
from backend.schools.models import School

Value = str | int | date | datetime | None


@dataclass(frozen=True)
class Column:
    title: str | Promise
    value: Callable[[Any], Value]


def _founder(project: Project, position: int) -> str:
    member = project.founders[position]
    return f"{member.school}, {member.school.town} ({country_label(member.country_id)})"


WAITING: dict[str, str | Promise] = {
    "waiting_people": _("People waiting"), "waiting_schools": _("Schools waiting"),
    "waiting_projects": _("Project decisions waiting"), "waiting_reports": _("Reports waiting"),
    "waiting_labels": _("Label applications waiting"), "waiting_help": _("Questions waiting"),
}  # fmt: skip
FOUNDERS = ProjectMember.objects.filter(founder_position__isnull=False).select_related("school")
WHEN = Column(_("Date"), lambda row: getattr(row, "counted_on", None) or row.waiting_since)
COUNTRY = Column(_("Country"), lambda row: country_label(row.country_id))
COLUMNS: dict[type[Model], list[Column]] = {
    Person: [
        Column(_("Name"), str),
        Column(_("School"), lambda person: str(person.school or "")),
        Column(_("Town"), lambda person: person.school.town if person.school else ""),
        COUNTRY,
        WHEN,
    ],
    School: [
        Column(_("Name"), str),
        Column(_("Town"), lambda school: school.town),
        Column(_("Type of school"), lambda school: school.get_type_display()),
        COUNTRY,
        WHEN,
    ],
    Project: [
        Column(_("Title"), str),
        Column(_("First founder"), lambda project: _founder(project, 0)),
        Column(_("Second founder"), lambda project: _founder(project, 1)),
        Column(_("State"), lambda project: project.get_state_display()),
        WHEN,
    ],
    Decision: [
        Column(_("Project"), lambda decision: str(decision.project)),
        Column(_("Decision"), lambda decision: decision.get_outcome_display()),
        COUNTRY,
        WHEN,
    ],
    LabelApplication: [
        Column(_("Project"), str),
        Column(_("School"), lambda application: str(application.school)),
        Column(_("State"), lambda application: application.get_state_display()),
        COUNTRY,
        WHEN,
    ],
    Report: [
        Column(_("Category"), lambda report: report.get_category_display()),
        Column(_("Outcome"), lambda report: report.get_outcome_display() or ""),
        COUNTRY,
        WHEN,
    ],
    HelpRequest: [
        Column(_("Topic"), lambda request: request.get_topic_display()),
        COUNTRY,
        WHEN,
    ],
    Work: [
        Column(_("Project"), lambda work: str(work.workspace)),
        Column(_("School"), lambda work: f"{work.school}, {work.school.town}"),
        Column(_("Number"), lambda work: work.number),
        WHEN,
    ],
}
RELATED: dict[type[Model], tuple[str, ...]] = {
    Person: ("school",), Decision: ("project",), LabelApplication: ("school",), Work: ("workspace__project", "school"),
}  # fmt: skip


def columns_of(rows: QuerySet[Any]) -> list[Column]:
    return COLUMNS[rows.model]


def loaded(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what the columns show, in as many queries for ten rows as for one."""
    found = rows.select_related(*RELATED.get(rows.model, ()))
    return found.prefetch_related(Prefetch("members", FOUNDERS)) if rows.model is Project else found


def cells(columns: Iterable[Column], row: Any) -> list[Value]:
    return [column.value(row) for column in columns]
