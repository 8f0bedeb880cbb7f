"""Publishing a country's figures and taking them back; writing to the founders of a project."""

from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.monitoring.events import FoundersContacted, StatisticsPublished, StatisticsWithdrawn
from backend.monitoring.letters import mail_founders
from backend.monitoring.models import Publication
from backend.monitoring.permissions import can_contact_founders, can_publish_statistics
from backend.monitoring.statistics.figures import Period, check_period, figures
from backend.monitoring.statistics.hiding import hide, hide_small
from backend.projects.models import Project, ProjectState

PUBLISHED = (
    "staff_total", "staff_new", "schools_total", "schools_new", "projects_total", "projects_new",
    "label_applications", "labels_awarded",
)  # fmt: skip


@transaction.atomic
def publish_statistics(country: str, *, actor: Person, period: Period, reason: str = "") -> Publication:
    """The figures of a period as they are now, small ones hidden for good; the newest publication is shown."""
    allow(can_publish_statistics(actor, country))
    check_period(period)
    ensure(period.until < clock.now().date(), "period_not_over", field="until")
    stand_in(actor, reason, country)
    found = figures(country, period)
    counts = {name: hide(found.counts[name]) for name in PUBLISHED}
    tables = {name: hide_small(table) for name, table in found.tables.items()}
    publication = Publication.objects.create(
        country_id=country, since=period.since, until=period.until, counts=counts, tables=tables, published_by=actor
    )
    record(StatisticsPublished(publication), actor=actor)
    return publication


@transaction.atomic
def withdraw_statistics(publication: Publication, *, actor: Person, reason: str = "") -> Publication:
    """Nobody reads them any more; the publication before is shown again."""
    publication = Publication.objects.lock(publication)
    allow(can_publish_statistics(actor, publication.country_id))
    ensure(publication.withdrawn_at is None, "statistics_withdrawn")
    stand_in(actor, reason, publication.country_id)
    change(publication, withdrawn_at=clock.now())
    record(StatisticsWithdrawn(publication), actor=actor)
    return publication


@transaction.atomic
def contact_founders(project: Project, *, actor: Person, text: str, offers_search: bool = False) -> Project:
    """An agency of a founder's country writes to both, and may offer to look for further partners with them."""
    project = Project.objects.lock(project)
    allow(can_contact_founders(actor, project))
    ensure(project.state == ProjectState.OPEN, "project_not_open")
    fields.require(text=text.strip())
    fields.limit(fields.TEXT_LIMIT, text=text)
    record(FoundersContacted(project, offers_search), actor=actor)
    mail_founders(project, officer=actor, text=tidy_lines(text), offers_search=offers_search)
    return project
