"""What happens to projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.projects.models import Project, ProjectMember


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
        return self.founder_ids()


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
