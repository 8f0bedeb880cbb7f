"""Which fact makes what count differently; runs in the transaction of the rule that recorded it."""

from collections.abc import Callable

from backend.accounts.events import PersonFact
from backend.accounts.models import Person, PersonKind
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.labels.events import LabelFact
from backend.labels.models import LabelApplication
from backend.moderation.events import ReportFact, SanctionFact
from backend.moderation.models import Report
from backend.monitoring.rollups.ledger import recount
from backend.monitoring.rollups.work import note_work, take_pulse
from backend.projects.events import HandOverConfirmed, ProjectCommented, ProjectFact
from backend.projects.models import Project
from backend.schools.events import RegisterImported, SchoolFact, SchoolMerged
from backend.schools.models import School
from backend.workspaces.events import InsideFact


def person_changed(fact: PersonFact, event: Event) -> None:
    if fact.person.kind == PersonKind.STAFF:
        recount(Person, [fact.person.pk])


def sanction_changed(fact: SanctionFact, event: Event) -> None:
    recount(Person, [fact.sanction.person_id])


def school_changed(fact: SchoolFact, event: Event) -> None:
    """Its projects too: they are counted by the type of the founders' schools."""
    keys = [fact.school.pk, fact.into.pk] if isinstance(fact, SchoolMerged) else [fact.school.pk]
    recount(School, keys)
    founded = Project.objects.filter(members__school__in=keys, members__founder_position__isnull=False)
    projects = list(founded.filter(round__gt=0).values_list("pk", flat=True))
    if isinstance(fact, SchoolMerged):
        take_pulse(projects)  # its work moved with it
    recount(Project, projects)


def register_imported(fact: RegisterImported, event: Event) -> None:
    """A register changes many schools at once; all of the country are looked at."""
    country = fact.run.country_id
    recount(School, School.objects.filter(country=country).values_list("pk", flat=True))
    founded = Project.objects.filter(members__country=country, members__founder_position__isnull=False)
    recount(Project, founded.filter(round__gt=0).values_list("pk", flat=True))


def project_changed(fact: ProjectFact, event: Event) -> None:
    if isinstance(fact, HandOverConfirmed):
        take_pulse([fact.project.pk])  # another school may stand on that side
    if fact.project.round and not isinstance(fact, ProjectCommented):
        recount(Project, [fact.project.pk])


def application_changed(fact: LabelFact, event: Event) -> None:
    recount(LabelApplication, [fact.application.pk])


def report_changed(fact: ReportFact, event: Event) -> None:
    recount(Report, [fact.report.pk])


FOLLOWED: dict[type[Fact], Callable[..., None]] = {
    PersonFact: person_changed,
    SanctionFact: sanction_changed,
    SchoolFact: school_changed,
    RegisterImported: register_imported,
    ProjectFact: project_changed,
    LabelFact: application_changed,
    ReportFact: report_changed,
    InsideFact: note_work,
}
