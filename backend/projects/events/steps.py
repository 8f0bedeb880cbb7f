"""The steps in the life of a project, and who is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.agencies.models import Officer
from backend.eventlog.facts import Fact
from backend.projects.models import Project, ProjectMember, ProjectMemberState

JOINED = ProjectMemberState.JOINED


@dataclass(frozen=True)
class ProjectFact(Fact):
    project: Project

    def subject(self) -> Project:
        return self.project

    def streams(self) -> Iterable[UUID]:
        return [self.project.pk]

    def countries(self) -> Iterable[str]:
        return [m.country_id for m in self.project.members.all()]

    def founder_ids(self) -> list[UUID]:
        return [m.person_id for m in self.project.founders]


class ProjectDrafted(ProjectFact):
    kind = "project.drafted"
    wording = _("%(actor)s started the draft “%(subject)s”.")

    def countries(self) -> Iterable[str]:
        return []

    def recipients(self) -> Iterable[UUID]:
        return self.founder_ids()


class ProjectEdited(ProjectFact):
    kind = "project.edited"
    wording = _("%(actor)s edited “%(subject)s”.")


class FoundersTold(ProjectFact):
    """Both founders find it in their inboxes."""

    def recipients(self) -> Iterable[UUID]:
        return self.founder_ids()


class ProjectSubmitted(FoundersTold):
    kind = "project.submitted"
    wording = _("%(actor)s sent “%(subject)s”.")


class ProjectAccepted(FoundersTold):
    kind = "project.accepted"
    wording = _("%(actor)s agreed to “%(subject)s”.")


@dataclass(frozen=True)
class AnswerOverdue(ProjectFact):
    """The second founder does not answer: is reminded twice, then the first one is told."""

    told: UUID

    kind = "project.answer_overdue"
    wording = _("“%(subject)s” still waits for the answer of the second founder. (%(actor)s)")

    def recipients(self) -> Iterable[UUID]:
        return [self.told]


class ProjectDeclined(FoundersTold):
    kind = "project.declined"
    wording = _("%(actor)s declined “%(subject)s”.")


class ProjectWithdrawn(FoundersTold):
    kind = "project.withdrawn"
    wording = _("%(actor)s withdrew “%(subject)s”.")


@dataclass(frozen=True)
class ProjectDecided(FoundersTold):
    """One founder country's agency decided."""

    side: str

    def data(self) -> dict[str, str]:
        return {"country": self.side}


class ProjectApproved(ProjectDecided):
    kind = "project.approved"
    wording = _("%(actor)s approved “%(subject)s”.")


class ProjectChangesRequested(ProjectDecided):
    kind = "project.changes_requested"
    wording = _("%(actor)s asked for changes in “%(subject)s”.")


class ProjectRefused(ProjectDecided):
    kind = "project.refused"
    wording = _("%(actor)s refused “%(subject)s”.")


class ProjectOpened(FoundersTold):
    kind = "project.opened"
    wording = _("“%(subject)s” is open.")


@dataclass(frozen=True)
class MembersTold(ProjectFact):
    """Everybody in the project finds it in the inbox."""

    def recipients(self) -> Iterable[UUID]:
        return [m.person_id for m in self.project.members.all() if m.state == JOINED]


class ProjectClosed(MembersTold):
    kind = "project.closed"
    wording = _("%(actor)s closed “%(subject)s”.")


class ProjectReopened(MembersTold):
    kind = "project.reopened"
    wording = _("%(actor)s opened “%(subject)s” again.")


class ProjectArchived(MembersTold):
    kind = "project.archived"
    wording = _("%(actor)s archived “%(subject)s”.")


class ProjectCommented(FoundersTold):
    """Between the founders: no agency reads it."""

    kind = "project.commented"
    wording = _("%(actor)s commented on the text of “%(subject)s”.")

    def streams(self) -> Iterable[UUID]:
        return []

    def countries(self) -> Iterable[str]:
        return []


class ProjectRemarked(FoundersTold):
    """An agency, to both founders; the other agency reads it too."""

    kind = "project.remarked"
    wording = _("%(actor)s commented on the text of “%(subject)s” for the agency.")


class ProjectCommentResolved(ProjectCommented):
    kind = "project.comment_resolved"
    wording = _("%(actor)s dealt with a comment on the text of “%(subject)s”.")


@dataclass(frozen=True)
class DecisionOverdue(ProjectFact):
    """An agency has not decided in time: its officers are reminded, then its lead, then the central service."""

    side: str
    officers: tuple[UUID, ...]

    kind = "project.decision_overdue"
    wording = _("“%(subject)s” waits for a decision for too long. (%(actor)s)")

    def countries(self) -> Iterable[str]:
        return [self.side]

    def recipients(self) -> Iterable[UUID]:
        return self.officers

    def data(self) -> dict[str, str]:
        return {"country": self.side}


@dataclass(frozen=True)
class MemberFact(ProjectFact):
    member: ProjectMember

    def data(self) -> dict[str, str]:
        return {"person": str(self.member.person_id)}


class PartnerInvited(MemberFact):
    kind = "project.partner_invited"
    wording = _("%(actor)s invited a partner to “%(subject)s”.")

    def recipients(self) -> Iterable[UUID]:
        return [self.member.person_id]


class PartnerJoined(MemberFact):
    kind = "project.partner_joined"
    wording = _("%(actor)s joined “%(subject)s”.")

    def recipients(self) -> Iterable[UUID]:
        """The founders; and an agency whose country was not in it so far."""
        mine = self.member.country_id
        others = {m.country_id for m in self.project.members.all() if m.state == JOINED and m.pk != self.member.pk}
        new = () if mine in others else Officer.objects.deciders_of(mine).values_list("person", flat=True)
        return [*self.founder_ids(), *new]


class InvitationDeclined(MemberFact):
    kind = "project.invitation_declined"
    wording = _("%(actor)s declined the invitation to “%(subject)s”.")

    def recipients(self) -> Iterable[UUID]:
        return [self.member.invited_by_id] if self.member.invited_by_id else []


class PartnerLeft(MemberFact):
    kind = "project.partner_left"
    wording = _("%(actor)s left “%(subject)s”.")

    def recipients(self) -> Iterable[UUID]:
        return self.founder_ids()
