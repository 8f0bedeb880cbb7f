"""What happens to workspaces and who is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.workspaces.models import Workspace, WorkspaceMembership


@dataclass(frozen=True)
class WorkspaceFact(Fact):
    workspace: Workspace

    def subject(self) -> Workspace:
        return self.workspace

    def streams(self) -> Iterable[UUID]:
        return [self.workspace.pk]


class WorkspaceOpened(WorkspaceFact):
    kind = "workspace.opened"
    wording = _("The workspace “%(subject)s” opened.")

    def countries(self) -> Iterable[str]:
        return self.workspace.project.founder_countries


class WorkspaceRetold(WorkspaceFact):
    kind = "workspace.retold"
    wording = _("%(actor)s edited the texts of “%(subject)s”.")


class HomeEdited(WorkspaceFact):
    kind = "workspace.home_edited"
    wording = _("%(actor)s edited the home of “%(subject)s”.")


class HomeOpened(WorkspaceFact):
    kind = "workspace.home_opened"
    wording = _("%(actor)s opened the home of “%(subject)s” to the public.")

    def countries(self) -> Iterable[str]:
        return self.workspace.project.founder_countries


class HomeClosed(WorkspaceFact):
    kind = "workspace.home_closed"
    wording = _("%(actor)s closed the home of “%(subject)s” to the public.")


class WorkspaceExported(WorkspaceFact):
    kind = "workspace.exported"
    wording = _("%(actor)s exported “%(subject)s”.")


class WorkspaceBecameReadOnly(WorkspaceFact):
    kind = "workspace.became_read_only"
    wording = _("“%(subject)s” can now be read, not changed.")


class WorkspaceReopened(WorkspaceFact):
    kind = "workspace.reopened"
    wording = _("“%(subject)s” can be changed again.")


@dataclass(frozen=True)
class MembershipFact(Fact):
    membership: WorkspaceMembership

    def subject(self) -> WorkspaceMembership:
        return self.membership

    def streams(self) -> Iterable[UUID]:
        return [self.membership.workspace_id]

    def data(self) -> dict[str, str]:
        return {"person": str(self.membership.person_id)}


class MemberJoined(MembershipFact):
    kind = "workspace.member_joined"
    wording = _("%(actor)s joined the workspace.")


class MemberLeft(MembershipFact):
    kind = "workspace.member_left"
    wording = _("%(actor)s left the workspace.")


class MemberRoleSet(MembershipFact):
    kind = "workspace.member_role_set"
    wording = _("%(actor)s gave a member another role.")

    def recipients(self) -> Iterable[UUID]:
        return [self.membership.person_id]


class GuestInvited(MembershipFact):
    kind = "workspace.guest_invited"
    wording = _("%(actor)s invited a guest into the workspace.")

    def recipients(self) -> Iterable[UUID]:
        return [self.membership.person_id]


class GuestRemoved(MembershipFact):
    kind = "workspace.guest_removed"
    wording = _("%(actor)s ended a guest's visit.")


class PupilAdded(MembershipFact):
    kind = "workspace.pupil_added"
    wording = _("%(actor)s added a pupil.")


class PupilRemoved(MembershipFact):
    kind = "workspace.pupil_removed"
    wording = _("%(actor)s took a pupil out of the workspace.")


class PupilPasswordReset(MembershipFact):
    kind = "workspace.pupil_password_reset"
    wording = _("%(actor)s gave a pupil a new password.")


class ConsentNoted(MembershipFact):
    kind = "workspace.consent_noted"
    wording = _("%(actor)s noted what parents agreed to.")

    def data(self) -> dict[str, str]:
        return {**super().data(), "audience": "STAFF"}
