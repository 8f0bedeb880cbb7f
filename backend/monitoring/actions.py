"""Publishing a country's figures, and taking them back."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.monitoring.events import StatisticsPublished, StatisticsWithdrawn
from backend.monitoring.models import Publication
from backend.monitoring.permissions import can_publish_statistics
from backend.monitoring.statistics.figures import Period, check_period, figures
from backend.monitoring.statistics.hiding import hide, hide_small

PUBLISHED = (
    "staff_total", "staff_new", "schools_total", "schools_new", "projects_total", "projects_new",
    "label_applications", "labels_awarded",
)  # fmt: skip


@transaction.atomic
def publish_statistics(country: str, *, actor: Person, period: Period) -> Publication:
    """The figures of a period as they are now, small ones hidden for good; the newest publication is shown."""
    allow(can_publish_statistics(actor, country))
    check_period(period)
    ensure(period.until < clock.now().date(), "period_not_over", field="until")
    found = figures(country, period)
    counts = {name: hide(found.counts[name]) for name in PUBLISHED}
    tables = {name: hide_small(table) for name, table in found.tables.items()}
    publication = Publication.objects.create(
        country_id=country, since=period.since, until=period.until, counts=counts, tables=tables, published_by=actor
    )
    record(StatisticsPublished(publication), actor=actor)
    return publication


@transaction.atomic
def withdraw_statistics(publication: Publication, *, actor: Person) -> Publication:
    """Nobody reads them any more; the publication before is shown again."""
    publication = Publication.objects.lock(publication)
    allow(can_publish_statistics(actor, publication.country_id))
    ensure(publication.withdrawn_at is None, "statistics_withdrawn")
    change(publication, withdrawn_at=clock.now())
    record(StatisticsWithdrawn(publication), actor=actor)
    return publication
