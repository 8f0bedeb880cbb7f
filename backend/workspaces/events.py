"""What happens in workspaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.eventlog.facts import Fact
from backend.workspaces.models import Inside, Post, Workspace, WorkspaceMembership


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


class PupilAdded(MembershipFact):
    kind = "workspace.pupil_added"
    wording = _("%(actor)s added a pupil.")


class PupilPasswordReset(MembershipFact):
    kind = "workspace.pupil_password_reset"
    wording = _("%(actor)s gave a pupil a new password.")


class MemberLeft(MembershipFact):
    kind = "workspace.member_left"
    wording = _("%(actor)s left the workspace.")


@dataclass(frozen=True)
class InsideFact(Fact):
    """Something was put into the workspace, changed or removed there."""

    thing: Inside

    def subject(self) -> Inside:
        return self.thing

    def streams(self) -> Iterable[UUID]:
        return [self.thing.workspace_id]


class DiscussionOpened(InsideFact):
    kind = "workspace.discussion_opened"
    wording = _("%(actor)s opened a discussion.")


class ThreadStarted(InsideFact):
    kind = "workspace.thread_started"
    wording = _("%(actor)s started a thread.")


@dataclass(frozen=True)
class PostFact(InsideFact):
    thing: Post

    def data(self) -> dict[str, str]:
        return {"thread": str(self.thing.thread_id)}


class PostAdded(PostFact):
    kind = "workspace.post_added"
    wording = _("%(actor)s wrote a post.")

    def recipients(self) -> Iterable[UUID]:
        return [self.thing.thread.author_id]


class PostEdited(PostFact):
    kind = "workspace.post_edited"
    wording = _("%(actor)s edited a post.")


class PostRemoved(PostFact):
    kind = "workspace.post_removed"
    wording = _("%(actor)s removed a post.")


class UpdatePosted(InsideFact):
    kind = "workspace.update_posted"
    wording = _("%(actor)s posted an update.")


class FileUploaded(InsideFact):
    kind = "workspace.file_uploaded"
    wording = _("%(actor)s uploaded a file.")


class FileRemoved(InsideFact):
    kind = "workspace.file_removed"
    wording = _("%(actor)s removed a file.")
