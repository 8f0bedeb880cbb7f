"""What happens in workspaces when something happens to their projects, in the same transaction."""

from backend.core import clock
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.projects.events import (
    HandOverConfirmed,
    PartnerJoined,
    PartnerLeft,
    ProjectArchived,
    ProjectClosed,
    ProjectEdited,
    ProjectOpened,
    ProjectReopened,
)
from backend.projects.models import ProjectMember, ProjectMemberState
from backend.workspaces.events import (
    GuestRemoved,
    HomeClosed,
    MemberJoined,
    MemberLeft,
    MemberRoleSet,
    WorkspaceBecameReadOnly,
    WorkspaceOpened,
    WorkspaceReopened,
    WorkspaceRetold,
)
from backend.workspaces.models import Workspace, WorkspaceMembership, WorkspaceRole
from backend.workspaces.naming import is_named_anew
from backend.workspaces.retirement import end_duties, release_class
from backend.workspaces.structure import copy_structure


def open_workspace(fact: Fact, event: Event) -> None:
    """An opened project has a workspace with both founders as administrators."""
    assert isinstance(fact, ProjectOpened)
    workspace, is_new = Workspace.objects.get_or_create(project=fact.project)
    if is_new:
        for founder in fact.project.founders:
            _admit(workspace, founder)
        record(WorkspaceOpened(workspace), actor=None)
        old = Workspace.objects.filter(project=fact.project.copied_from_id).first()
        if old:
            copy_structure(old, workspace, fact.project.founders[0].person)


def close_workspace(fact: Fact, event: Event) -> None:
    """A closed project's workspace is read-only; an archived one is left by pupils and guests."""
    assert isinstance(fact, ProjectClosed | ProjectArchived)
    record(WorkspaceBecameReadOnly(fact.project.workspace), actor=event.actor)
    if isinstance(fact, ProjectArchived):
        release_class(fact.project.workspace)


def reopen_workspace(fact: Fact, event: Event) -> None:
    assert isinstance(fact, ProjectReopened)
    record(WorkspaceReopened(fact.project.workspace), actor=event.actor)


def hand_over(fact: Fact, event: Event) -> None:
    """Who follows a founder administers the workspace too; a founder who is gone leaves it."""
    assert isinstance(fact, HandOverConfirmed)
    if fact.hand_over.giver.state == ProjectMemberState.LEFT:
        _release(fact.project.workspace, fact.hand_over.giver)
    taker = fact.hand_over.taker.person_id
    membership = fact.project.workspace.memberships.filter(person=taker, left_at=None).first()
    if membership and change(membership, role=WorkspaceRole.ADMINISTRATOR):
        record(MemberRoleSet(membership), actor=event.actor)


def retell(fact: Fact, event: Event) -> None:
    """Members see the project's title and texts: they hear when these change. A public home that would name a pupil
    to the world is closed, until a founder has looked."""
    assert isinstance(fact, ProjectEdited)
    workspace = Workspace.objects.select_for_update(no_key=True).filter(project=fact.project).first()
    if workspace:  # held: a consent that is taken back now reads the new text, or is read here
        record(WorkspaceRetold(workspace), actor=event.actor)
        before = fact.project.versions.all()[1:2]
        if workspace.is_public and is_named_anew(workspace, _shown(before[0].text) if before else {}):
            change(workspace, is_public=False)
            record(HomeClosed(workspace), actor=event.actor)


def _shown(text: dict[str, str]) -> dict[str, str]:
    return {name: text[name] for name in ("title", "summary")}


def admit_partner(fact: Fact, event: Event) -> None:
    """Who joins the project joins its workspace; a visit as a guest is over."""
    assert isinstance(fact, PartnerJoined)
    _end_visits(fact.project.workspace, fact.member)
    membership = _admit(fact.project.workspace, fact.member)
    record(MemberJoined(membership), actor=fact.member.person)


def release_partner(fact: Fact, event: Event) -> None:
    """Who leaves the project leaves its workspace."""
    assert isinstance(fact, PartnerLeft)
    _release(fact.project.workspace, fact.member)


def _release(workspace: Workspace, member: ProjectMember) -> None:
    for membership in workspace.memberships.filter(person=member.person_id, left_at=None):
        change(membership, left_at=clock.now())
        end_duties(member.person, workspace)
        record(MemberLeft(membership), actor=member.person)


def _end_visits(workspace: Workspace, member: ProjectMember) -> None:
    for visit in workspace.memberships.filter(person=member.person_id, left_at=None, role=WorkspaceRole.GUEST):
        change(visit, left_at=clock.now())
        record(GuestRemoved(visit), actor=member.person)


def _admit(workspace: Workspace, member: ProjectMember) -> WorkspaceMembership:
    role = WorkspaceRole.ADMINISTRATOR if member.is_administrator else WorkspaceRole.MEMBER
    return WorkspaceMembership.objects.create(
        workspace=workspace, person_id=member.person_id, role=role, added_by_id=member.invited_by_id
    )
