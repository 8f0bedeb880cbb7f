"""What agencies do about figures: published statistics, letters to founders."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.monitoring.models import Publication
from backend.projects.events.steps import FoundersTold


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


@dataclass(frozen=True)
class FoundersContacted(FoundersTold):
    """The letter itself is not kept: only that there was one, and whether it offered help."""

    offers_search: bool = False

    kind = "project.founders_contacted"
    wording = _("%(actor)s wrote to the founders of “%(subject)s”.")

    def countries(self) -> Iterable[str]:
        return self.project.founder_countries

    def data(self) -> dict[str, str]:
        return {"offer": "PARTNER_SEARCH"} if self.offers_search else {}
