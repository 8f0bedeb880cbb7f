"""What happens in workspaces when something happens to their projects, in the same transaction."""

from backend.core import clock
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.projects.events import PartnerJoined, PartnerLeft, ProjectEdited, ProjectOpened
from backend.projects.models import ProjectMember
from backend.workspaces.events import MemberJoined, MemberLeft, WorkspaceOpened, WorkspaceRetold
from backend.workspaces.models import Workspace, WorkspaceMembership, WorkspaceRole


def open_workspace(fact: Fact, event: Event) -> None:
    """An opened project has a workspace with both founders as administrators."""
    assert isinstance(fact, ProjectOpened)
    workspace, is_new = Workspace.objects.get_or_create(project=fact.project)
    if is_new:
        for founder in fact.project.founders:
            _admit(workspace, founder)
        record(WorkspaceOpened(workspace), actor=None)


def retell(fact: Fact, event: Event) -> None:
    """Members see the project's title and texts: they hear when these change."""
    assert isinstance(fact, ProjectEdited)
    workspace = Workspace.objects.filter(project=fact.project).first()
    if workspace:
        record(WorkspaceRetold(workspace), actor=event.actor)


def admit_partner(fact: Fact, event: Event) -> None:
    """Who joins the project joins its workspace."""
    assert isinstance(fact, PartnerJoined)
    membership = _admit(fact.project.workspace, fact.member)
    record(MemberJoined(membership), actor=fact.member.person)


def release_partner(fact: Fact, event: Event) -> None:
    """Who leaves the project leaves its workspace."""
    assert isinstance(fact, PartnerLeft)
    present = fact.project.workspace.memberships.filter(person=fact.member.person_id, left_at=None)
    for membership in present:
        change(membership, left_at=clock.now())
        record(MemberLeft(membership), actor=fact.member.person)


def _admit(workspace: Workspace, member: ProjectMember) -> WorkspaceMembership:
    role = WorkspaceRole.ADMINISTRATOR if member.is_administrator else WorkspaceRole.MEMBER
    return WorkspaceMembership.objects.create(
        workspace=workspace, person_id=member.person_id, role=role, added_by_id=member.invited_by_id
    )
