"""More partners, once the project is open."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.partners.models import are_contacts
from backend.projects.actions.drafting import add_member
from backend.projects.events import InvitationDeclined, PartnerInvited, PartnerJoined, PartnerLeft
from backend.projects.models import (
    PRESENT,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
)
from backend.projects.permissions import can_invite_partner


@transaction.atomic
def invite_partner(project: Project, *, actor: Person, person: Person, is_administrator: bool = False) -> ProjectMember:
    """Invite a contact; the agency of the contact's country is told, not asked."""
    project = Project.objects.lock(project)
    allow(can_invite_partner(actor, project))
    ensure(project.state == ProjectState.OPEN, "project_not_open")
    allow(person.is_validated_staff)
    ensure(are_contacts(actor, person), "not_contacts", field="person")
    ensure(not project.members.filter(person=person, state__in=PRESENT).exists(), "already_in_project", field="person")
    member = add_member(
        project, person, role=ProjectRole.PARTNER, state=ProjectMemberState.INVITED,
        is_administrator=is_administrator, invited_by=actor,
    )  # fmt: skip
    record(PartnerInvited(project, member), actor=actor)
    return member


@transaction.atomic
def answer_invitation(member: ProjectMember, *, actor: Person, accepts: bool) -> ProjectMember:
    """Join the project and its workspace, or decline."""
    project = Project.objects.lock(member.project)
    member = project.members.select_for_update(of=("self",)).get(pk=member.pk)
    allow(member.person_id == actor.pk and actor.is_validated_staff)
    ensure(member.state == ProjectMemberState.INVITED, "invitation_answered")
    ensure(project.state == ProjectState.OPEN or not accepts, "project_not_open")
    change(member, state=ProjectMemberState.JOINED if accepts else ProjectMemberState.DECLINED)
    fact = PartnerJoined(project, member) if accepts else InvitationDeclined(project, member)
    record(fact, actor=actor)
    return member


@transaction.atomic
def leave_project(project: Project, *, actor: Person) -> Project:
    """A partner leaves; founders stay founders."""
    project = Project.objects.lock(project)
    member = project.members.filter(person=actor, state=ProjectMemberState.JOINED).first()
    allow(member is not None and member.role == ProjectRole.PARTNER)
    assert member
    change(member, state=ProjectMemberState.LEFT)
    record(PartnerLeft(project, member), actor=actor)
    return project
