"""What happens to published statistics."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.monitoring.models import Publication


@dataclass(frozen=True)
class PublicationFact(Fact):
    publication: Publication

    def subject(self) -> Publication:
        return self.publication

    def countries(self) -> Iterable[str]:
        return [self.publication.country_id]


class StatisticsPublished(PublicationFact):
    kind = "statistics.published"
    wording = _("%(actor)s published statistics: %(subject)s.")


class StatisticsWithdrawn(PublicationFact):
    kind = "statistics.withdrawn"
    wording = _("%(actor)s withdrew published statistics: %(subject)s.")
