"""What happens to applications and labels."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.agencies.events import AgencyFact
from backend.agencies.models import Officer
from backend.eventlog.facts import Fact
from backend.labels.models import LabelApplication, LabelDraft
from backend.projects.models import Project


@dataclass(frozen=True)
class LabelFact(Fact):
    """About an application: for the agency of the applicant's country, never for the project's other members."""

    application: LabelApplication

    def subject(self) -> LabelApplication:
        return self.application

    def countries(self) -> Iterable[str]:
        return [self.application.country_id]


@dataclass(frozen=True)
class LabelDraftFact(Fact):
    """Nobody's but the applicant's: no agency reads it."""

    draft: LabelDraft

    def subject(self) -> LabelDraft:
        return self.draft


class LabelDraftSaved(LabelDraftFact):
    kind = "label.draft_saved"
    wording = _("%(actor)s wrote an application for a quality label for “%(subject)s”.")


class LabelDraftDiscarded(LabelDraftFact):
    kind = "label.draft_discarded"
    wording = _("%(actor)s discarded the draft of an application for a quality label for “%(subject)s”.")


class LabelRequested(LabelFact):
    kind = "label.requested"
    wording = _("%(actor)s applied for the national quality label for “%(subject)s”.")


class LabelApplicationWithdrawn(LabelFact):
    kind = "label.withdrawn"
    wording = _("%(actor)s withdrew the application for a quality label for “%(subject)s”.")


class LabelEvidenceOpened(LabelFact):
    kind = "label.evidence_opened"
    wording = _("%(actor)s opened the evidence of an application for a quality label for “%(subject)s”.")


class LabelConflictDeclared(LabelFact):
    kind = "label.conflict_declared"
    wording = _("%(actor)s declared a conflict of interest about a quality label for “%(subject)s”.")


class LabelAssessed(LabelFact):
    kind = "label.assessed"
    wording = _("%(actor)s assessed an application for a quality label for “%(subject)s”.")


class LabelDecided(LabelFact):
    """The applicant finds it in the inbox."""

    def recipients(self) -> Iterable[UUID]:
        return [self.application.applicant_id]


class LabelAwarded(LabelDecided):
    kind = "label.awarded"
    wording = _("%(actor)s awarded the national quality label for “%(subject)s”.")


class LabelRefused(LabelDecided):
    kind = "label.refused"
    wording = _("%(actor)s did not award the national quality label for “%(subject)s”.")


@dataclass(frozen=True)
class LabelNominated(Fact):
    """Between the nominating agency and the central service."""

    kind = "label.nominated"
    wording = _("%(actor)s nominated “%(subject)s” for the European quality label.")

    project: Project
    country: str

    def subject(self) -> Project:
        return self.project

    def countries(self) -> Iterable[str]:
        return [self.country]

    def recipients(self) -> Iterable[UUID]:
        """Who may award it."""
        return Officer.objects.deciders_of(None).values_list("person", flat=True)

    def data(self) -> dict[str, str]:
        return {"country": self.country}


@dataclass(frozen=True)
class EuropeanLabelAwarded(Fact):
    """Everybody with a national label for the project finds it in the inbox."""

    kind = "label.european_awarded"
    wording = _("%(actor)s awarded the European quality label for “%(subject)s”.")

    project: Project

    def subject(self) -> Project:
        return self.project

    def countries(self) -> Iterable[str]:
        return [member.country_id for member in self.project.members.all()]

    def recipients(self) -> Iterable[UUID]:
        return list(self.project.labels.order_by("pk").values_list("person", flat=True))


class LabelPolicySet(AgencyFact):
    kind = "agency.label_policy_set"
    wording = _("%(actor)s changed how %(subject)s assesses quality labels.")
