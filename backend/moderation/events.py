"""What happens to reports, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.moderation.models import Appeal, HelpRequest, Look, Report, Sanction
from backend.moderation.readers import officers_of, parts_in, teachers_of
from backend.projects.events import ProjectEdited
from backend.workspaces.events import InsideFact, WorkspaceFact


@dataclass(frozen=True)
class ReportFact(Fact):
    """Its sentences never name the reporter: the accused person's neighbours read them."""

    report: Report

    def subject(self) -> Report:
        return self.report

    def countries(self) -> Iterable[str]:
        return [self.report.country_id]


class ReportMade(ReportFact):
    kind = "report.made"
    wording = _("Something was reported. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        """The workspace's teachers, then the agency; neither whoever it is about nor who reported."""
        room = self.report.workspace_id
        told = [*(teachers_of(room) if room else ()), *officers_of(self.report.country_id)]
        return [person for person in told if person not in self.report.concerned]


class ReportRead(ReportFact):
    kind = "report.read"
    wording = _("%(actor)s opened a report. %(subject)s.")


class BanProposed(ReportFact):
    kind = "report.ban_proposed"
    wording = _("%(actor)s proposed a ban; another officer has to confirm it. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [*officers_of(self.report.country_id), *officers_of(None)]


class ReportEscalated(ReportFact):
    kind = "report.escalated"
    wording = _("%(actor)s passed a report on to the central service. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [person for person in officers_of(None) if person not in self.report.concerned]


class ReportDecided(ReportFact):
    kind = "report.decided"
    wording = _("A report was decided. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [self.report.reporter_id] if self.report.reporter_id else []

    def data(self) -> dict[str, str]:
        return {"outcome": self.report.outcome}


@dataclass(frozen=True)
class SanctionFact(Fact):
    """The person it is about finds it in the inbox."""

    sanction: Sanction

    def subject(self) -> Sanction:
        return self.sanction

    def countries(self) -> Iterable[str]:
        return [self.sanction.country_id]

    def recipients(self) -> Iterable[UUID]:
        return [self.sanction.person_id]

    def data(self) -> dict[str, str]:
        return {"person": str(self.sanction.person_id)}


class SanctionIssued(SanctionFact):
    kind = "sanction.issued"
    wording = _("A report led to a decision. %(subject)s.")


class SanctionEnded(SanctionFact):
    kind = "sanction.ended"
    wording = _("A decision is not in force any more. %(subject)s.")


@dataclass(frozen=True)
class AppealFact(Fact):
    appeal: Appeal

    def subject(self) -> Appeal:
        return self.appeal

    def countries(self) -> Iterable[str]:
        return [self.appeal.sanction.country_id]


class AppealMade(AppealFact):
    kind = "appeal.made"
    wording = _("%(actor)s appealed against a decision. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        """Whoever may decide it: the country's other officers and the central service."""
        sanction = self.appeal.sanction
        deciders = {*officers_of(sanction.country_id), *officers_of(None)}
        return sorted(deciders - parts_in(sanction))


class AppealDecided(AppealFact):
    kind = "appeal.decided"
    wording = _("An appeal was decided. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [self.appeal.sanction.person_id]

    def data(self) -> dict[str, str]:
        return {"state": self.appeal.state}


class ProjectEmptied(ProjectEdited):
    """Both founders find it in their inboxes."""

    kind = "project.emptied"
    wording = _("%(actor)s took the text of “%(subject)s” away, after a report.")

    def recipients(self) -> Iterable[UUID]:
        return self.founder_ids()


class ContentHidden(InsideFact):
    kind = "workspace.content_hidden"
    wording = _("%(actor)s hid something that was reported.")


class ContentShown(InsideFact):
    kind = "workspace.content_shown"
    wording = _("%(actor)s showed something again that was reported.")


class ContentRemoved(InsideFact):
    kind = "workspace.content_removed"
    wording = _("%(actor)s removed something that was reported.")


@dataclass(frozen=True)
class LookedInside(WorkspaceFact):
    kind = "workspace.looked_inside"
    wording = _("%(actor)s looked inside this workspace for the agency; its teachers can read why.")

    look: Look

    def countries(self) -> Iterable[str]:
        return self.workspace.project.founder_countries

    def recipients(self) -> Iterable[UUID]:
        return teachers_of(self.workspace.pk)

    def data(self) -> dict[str, str]:
        return {"look": str(self.look.pk), "audience": "STAFF"}


@dataclass(frozen=True)
class HelpFact(Fact):
    request: HelpRequest

    def subject(self) -> HelpRequest:
        return self.request

    def countries(self) -> Iterable[str]:
        return [self.request.country_id]

    def helpers(self) -> Iterable[UUID]:
        """The officers who answered already; all of the country as long as nobody has."""
        wrote = self.request.messages.exclude(author=self.request.asker_id).exclude(author=None)
        return list(wrote.order_by().values_list("author_id", flat=True).distinct()) or officers_of(
            self.request.country_id
        )


class HelpAsked(HelpFact):
    kind = "help.asked"
    wording = _("%(actor)s asks for help. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return officers_of(self.request.country_id)


class HelpAnswered(HelpFact):
    kind = "help.answered"
    wording = _("%(actor)s answered your request for help. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [self.request.asker_id]


class HelpReplied(HelpFact):
    kind = "help.replied"
    wording = _("%(actor)s wrote again about a request for help. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return self.helpers()


class HelpClosed(HelpFact):
    kind = "help.closed"
    wording = _("%(actor)s closed a request for help. %(subject)s.")

    def recipients(self) -> Iterable[UUID]:
        return [self.request.asker_id, *self.helpers()]
