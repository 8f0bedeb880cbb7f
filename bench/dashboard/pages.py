"""Which pages an officer opens: every list, in its usual ways, and a record of each kind."""

from collections.abc import Iterator

from backend.accounts.models import Person, PersonState
from backend.core import clock
from backend.projects.models import Project, ProjectState
from backend.schools.models import School, SchoolState

QUEUES = (
    "queues/people/", "queues/people/?due=overdue", "queues/people/?school=new", "queues/people/?whose=nobody",
    "queues/schools/", "queues/projects/", "queues/projects/?partner=PL", "queues/reports/", "queues/labels/",
    "queues/help/", "appeals/",
)  # fmt: skip
MONITOR = (
    "partnerships/", "partnerships/FR-PL/", "partnerships/FR-PL/?doing=stalled", "monitor/", "monitor/?condition=ACTIVE",
    "monitor/?condition=NEVER_STARTED", "monitor/?condition=ONE_SIDED", "monitor/?partner=PL", "statistics/",
    "statistics/report/", "statistics/FR/staff/", "statistics/FR/opened/", "statistics/FR/last_work/",
    "statistics/FR/posts/", "statistics/FR/validated/", "exports/",
)  # fmt: skip
OFFICE = ("labels/european/", "messages/", "audit-trail/", "settings/", "settings/officers/", "settings/texts/")
CENTRAL = (
    "partnerships/matrix/",
    "partnerships/?country=FR",
    "statistics/all/staff/",
    "statistics/all/posts/",
    "system/",
)


def pages(officer: Person) -> Iterator[str]:
    yield ""
    yield from QUEUES
    yield from MONITOR
    year = clock.now().year
    for path in ("partnerships/", "statistics/"):
        yield f"{path}?since={year - 2}-09-01&until={year - 1}-08-31"
    yield from OFFICE
    if officer.oversees.everywhere:
        yield from CENTRAL
    else:
        yield "labels/european/?year=" + str(year - 1)
    yield from searches(officer)
    yield from records(officer)


def searches(officer: Person) -> Iterator[str]:
    """One name that is rare, an address, words of which there are very many, and nothing."""
    person = (
        Person.objects.visible_to(officer).filter(kind="STAFF", state=PersonState.VALIDATED).order_by("-pk").first()
    )
    if person:
        yield f"search/?q={person.family_name}"
        yield f"search/?q={person.given_name} {person.family_name}"
        yield f"search/?q={person.email}"
    yield "search/?q=school"
    yield "search/?q=zzzzzz"


def records(officer: Person) -> Iterator[str]:
    people, schools = Person.objects.visible_to(officer), School.objects.visible_to(officer)
    projects = Project.objects.visible_to(officer)
    for state in (PersonState.PENDING, PersonState.VALIDATED):
        if person := people.filter(kind="STAFF", state=state).order_by("-pk").first():
            yield f"people/{person.pk}/"
            yield f"people/{person.pk}/seen/"
    for kind in (SchoolState.PROPOSED, SchoolState.VALIDATED):
        if school := schools.filter(state=kind).order_by("-pk").first():
            yield f"schools/{school.pk}/"
    for stage in (ProjectState.PENDING_APPROVAL, ProjectState.OPEN):
        if project := projects.filter(state=stage).order_by("-pk").first():
            yield f"projects/{project.pk}/"
