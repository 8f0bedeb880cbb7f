"""What happens to founders' places."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.agencies.models import Officer
from backend.projects.events.steps import ProjectFact
from backend.projects.models import HandOver, ProjectMember


@dataclass(frozen=True)
class HandOverFact(ProjectFact):
    hand_over: HandOver

    def countries(self) -> Iterable[str]:
        return [self.hand_over.giver.country_id]

    def recipients(self) -> Iterable[UUID]:
        asked = [self.hand_over.asked_by_id] if self.hand_over.asked_by_id else []
        return {self.hand_over.giver.person_id, self.hand_over.taker.person_id, *asked}


@dataclass(frozen=True)
class FounderLost(ProjectFact):
    """A founder’s account was closed, banned or erased: who stays, and the agency that may ask, should know."""

    member: ProjectMember

    kind = "project.founder_lost"
    wording = _("A founder of “%(subject)s” is no longer here: a partner of the same school or country may follow.")

    def countries(self) -> Iterable[str]:
        return self.project.founder_countries

    def recipients(self) -> Iterable[UUID]:
        agency = Officer.objects.deciders_of(self.member.country_id)
        others = (founder.person_id for founder in self.project.founders if founder.pk != self.member.pk)
        return {*others, *agency.values_list("person", flat=True)}


class HandOverAsked(HandOverFact):
    kind = "project.hand_over_asked"
    wording = _("%(actor)s would like a founder’s place in “%(subject)s” to be handed over.")

    def recipients(self) -> Iterable[UUID]:
        """The two, and the officers who may confirm it."""
        agency = Officer.objects.deciders_of(self.hand_over.giver.country_id)
        return [*super().recipients(), *agency.values_list("person", flat=True)]


class HandOverConfirmed(HandOverFact):
    kind = "project.hand_over_confirmed"
    wording = _("%(actor)s confirmed that “%(subject)s” is handed over.")

    def recipients(self) -> Iterable[UUID]:
        """Both founders, too: the one who stays works with somebody else from now on."""
        return {*super().recipients(), *self.founder_ids()}


class HandOverRefused(HandOverFact):
    kind = "project.hand_over_refused"
    wording = _("%(actor)s did not confirm that “%(subject)s” is handed over.")
