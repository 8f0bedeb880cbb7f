"""What agencies do about figures: published statistics, letters to founders; and what waits too long for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.monitoring.models import Publication
from backend.projects.events.steps import FoundersTold
from backend.projects.models import HandOver


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


@dataclass(frozen=True)
class CaseOverdue(Fact):
    """An agency has not decided in time: its officers are reminded, then its lead, then the central service."""

    case: Model
    country: str
    officers: tuple[UUID, ...]

    kind = "case.overdue"
    wording = _("This waits too long for the agency: %(subject)s. (%(actor)s)")

    def subject(self) -> Model:
        return subject_of(self.case)

    def countries(self) -> Iterable[str]:
        return [self.country]

    def recipients(self) -> Iterable[UUID]:
        return self.officers

    def data(self) -> dict[str, str]:
        return {"case": str(self.case.pk), "country": self.country}


def subject_of(case: Model) -> Model:
    """What can be read about it: of a hand-over its project."""
    return case.project if isinstance(case, HandOver) else case
