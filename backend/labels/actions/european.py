"""The European label: nobody applies; agencies nominate, the central service awards."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import allow, ensure
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.labels.events import EuropeanLabelAwarded, LabelNominated
from backend.labels.models import EuropeanLabel, LabelGrid, LabelNomination, NationalLabel
from backend.labels.permissions import can_award_european_label, nominating_country
from backend.labels.school_year import this_school_year
from backend.projects.models import Project
from backend.schools.models import Country

COUNTRIES = 2
PERCENT = 25


@transaction.atomic
def nominate_for_european_label(project: Project, *, actor: Person) -> LabelNomination:
    """An agency proposes one of the best projects it awarded, up to a quarter of those of a school year."""
    country = nominating_country(actor)
    allow(country is not None)
    assert country
    Country.objects.select_for_update(no_key=True).get(pk=country)
    year = NationalLabel.objects.first_year(project, country)
    ensure(year is not None, "label_not_awarded_here", field="project_id")
    assert year is not None
    ensure(not EuropeanLabel.objects.filter(project=project).exists(), "european_label_awarded", field="project_id")
    _check_standing(project)
    made = LabelNomination.objects.filter(country=country)
    ensure(not made.filter(project=project).exists(), "label_already_nominated", field="project_id")
    limit = nominations_allowed(NationalLabel.objects.projects_of(country, year))
    ensure(made.filter(school_year=year).count() < limit, "label_nominations_used", limit=limit)
    nomination = LabelNomination.objects.create(
        project=project, country_id=country, school_year=year, nominated_by=actor
    )
    record(LabelNominated(project, country), actor=actor)
    return nomination


@transaction.atomic
def award_european_label(project: Project, *, actor: Person, reason: str) -> EuropeanLabel:
    """The central service awards a nominated project, once."""
    project = Project.objects.lock(project)
    allow(can_award_european_label(actor))
    ensure(project.label_nominations.exists(), "label_not_nominated", field="project_id")
    ensure(not EuropeanLabel.objects.filter(project=project).exists(), "european_label_awarded", field="project_id")
    reason = tidy_lines(reason)
    ensure(bool(reason), "reason_missing", field="reason")
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    label = EuropeanLabel.objects.create(
        project=project, school_year=this_school_year(), reason=reason, awarded_by=actor
    )
    record(EuropeanLabelAwarded(project), actor=actor)
    return label


def nominations_allowed(projects: int) -> int:
    """At most a quarter of the awarded projects; where there are fewer than four, one."""
    return max(projects * PERCENT // 100, min(projects, 1))


def _check_standing(project: Project) -> None:
    """Labels in at least two countries, and more points than the current grid asks for."""
    countries, average = NationalLabel.objects.of_project(project)
    ensure(countries >= COUNTRIES, "label_one_country_only", field="project_id")
    above = LabelGrid.objects.current().get().european_above
    ensure(average > above, "label_average_too_low", field="project_id", above=above)
