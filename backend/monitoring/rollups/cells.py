"""What each kind of thing counts for: a function of its rows and nothing else, so that all can be counted afresh."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Model, OuterRef, QuerySet, Subquery

from backend.accounts.models import Person, PersonKind, PersonState
from backend.eventlog.models import Event
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Report
from backend.monitoring.rollups.cell import Cell, everywhere, spans
from backend.monitoring.rollups.projects import countable, project_cells
from backend.projects.models import Project
from backend.schools.models import School, SchoolState

LABELS = {LabelState.AWARDED: "labels_awarded", LabelState.REFUSED: "labels_refused"}


@dataclass(frozen=True)
class Counting:
    """The rows of a kind, with what is needed to count them, and what one of them counts for."""

    rows: Callable[[], QuerySet[Any]]
    cells: Callable[[Any], Iterator[Cell]]


def _staff() -> QuerySet[Person]:
    def first(kind: str) -> Subquery:
        told = Event.objects.filter(subject_id=OuterRef("pk"), kind=kind).order_by().values("subject_id")
        return Subquery(told.annotate(first=Min("at")).values("first"))

    confirmed, validated = first("person.email_confirmed"), first("person.validated")
    found = Person.objects.filter(kind=PersonKind.STAFF, country__isnull=False)
    found = found.annotate(confirmed_on=confirmed, validated_on=validated)
    return found.only("pk", "country_id", "state", "created_at")


def _person_cells(person: Any) -> Iterator[Cell]:
    """Validated staff by the day they registered; from the confirmed address to the first validation."""
    if person.state == PersonState.VALIDATED:
        yield from everywhere([person.country_id], "staff", person.created_at)
    if person.confirmed_on and person.validated_on:
        yield from spans(person.country_id, "validate", person.confirmed_on, person.validated_on)


def _schools() -> QuerySet[School]:
    return School.objects.only("pk", "country_id", "state", "type", "created_at")


def _school_cells(school: School) -> Iterator[Cell]:
    if school.state == SchoolState.VALIDATED:
        yield from everywhere([school.country_id], "schools", school.created_at, school.type)


def _applications() -> QuerySet[LabelApplication]:
    return LabelApplication.objects.only("pk", "country_id", "state", "state_since", "created_at")


def _application_cells(application: LabelApplication) -> Iterator[Cell]:
    yield from everywhere([application.country_id], "label_applications", application.created_at)
    if application.state in LABELS:
        decided = LABELS[LabelState(application.state)]
        yield from everywhere([application.country_id], decided, application.state_since)
        yield from spans(application.country_id, "label", application.created_at, application.state_since)


def _reports() -> QuerySet[Report]:
    return Report.objects.only("pk", "country_id", "category", "outcome", "created_at", "decided_at")


def _report_cells(report: Report) -> Iterator[Cell]:
    yield from everywhere([report.country_id], "reports_made", report.created_at, report.category)
    if report.decided_at:
        yield from everywhere([report.country_id], "reports_handled", report.decided_at, report.outcome)
        yield from spans(report.country_id, "report", report.created_at, report.decided_at)


COUNTINGS: dict[type[Model], Counting] = {
    Person: Counting(_staff, _person_cells),
    School: Counting(_schools, _school_cells),
    Project: Counting(countable, project_cells),
    LabelApplication: Counting(_applications, _application_cells),
    Report: Counting(_reports, _report_cells),
}
