"""Roles, guests, and what parents agreed to."""

from datetime import datetime, timedelta

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.hub import recheck
from backend.eventlog.record import record
from backend.partners.models import are_contacts
from backend.workspaces.consent import hold_back, hold_still, show_again
from backend.workspaces.events import (
    ConsentNoted,
    FileHeldBack,
    FileShownAgain,
    GuestInvited,
    GuestRemoved,
    MemberRoleSet,
)
from backend.workspaces.models import (
    PUPIL_ROLES,
    STAFF_ROLES,
    Consent,
    ConsentKind,
    Workspace,
    WorkspaceMembership,
    WorkspaceRole,
)
from backend.workspaces.naming import withdraw
from backend.workspaces.permissions import can_invite_guest, can_note_consent, can_set_role
from backend.workspaces.room import ensure_open, enter

LONGEST_VISIT = timedelta(days=366)


@transaction.atomic
def set_member_role(membership: WorkspaceMembership, *, actor: Person, role: str) -> WorkspaceMembership:
    """Teachers make pupils pupil administrators, administrators make teachers administrators; and back."""
    membership = WorkspaceMembership.objects.lock(membership)
    workspace = membership.workspace
    allow(can_set_role(enter(workspace, actor), membership))
    ensure_open(workspace)
    kind = PUPIL_ROLES if membership.role in PUPIL_ROLES else STAFF_ROLES
    ensure(role in kind, "role_of_another_kind", field="role")
    founders = {m.person_id for m in workspace.project.founders}
    ensure(membership.person_id not in founders, "founder_stays")
    if change(membership, role=role):
        place = workspace.project.members.filter(person=membership.person_id)
        place.update(is_administrator=role == WorkspaceRole.ADMINISTRATOR)
        person = membership.person_id
        transaction.on_commit(lambda: recheck(person))
        record(MemberRoleSet(membership), actor=actor)
    return membership


@transaction.atomic
def invite_guest(workspace: Workspace, *, actor: Person, person: Person, until: datetime) -> WorkspaceMembership:
    """A contact reads what members see, except the staff room, until then."""
    allow(can_invite_guest(enter(workspace, actor)))
    ensure_open(workspace)
    ensure(person.is_validated_staff and are_contacts(actor, person), "not_contacts", field="person")
    ensure(clock.now() < until <= clock.now() + LONGEST_VISIT, "visit_too_long", field="until", limit=366)
    visits = workspace.memberships.filter(person=person, left_at=None)
    ensure(not any(m.is_present for m in visits), "already_in_project", field="person")
    visits.update(left_at=clock.now())  # an expired visit
    membership = WorkspaceMembership.objects.create(
        workspace=workspace, person=person, role=WorkspaceRole.GUEST, added_by=actor, expires_at=until
    )
    record(GuestInvited(membership), actor=actor)
    return membership


@transaction.atomic
def remove_guest(membership: WorkspaceMembership, *, actor: Person) -> WorkspaceMembership:
    """The visit ends; administrators, or the guest."""
    membership = WorkspaceMembership.objects.lock(membership)
    me = enter(membership.workspace, actor)
    allow(membership.role == WorkspaceRole.GUEST and (can_invite_guest(me) or me.pk == membership.pk))
    ensure(membership.left_at is None, "removed")
    change(membership, left_at=clock.now())
    record(GuestRemoved(membership), actor=actor)
    return membership


@transaction.atomic
def note_consent(membership: WorkspaceMembership, *, actor: Person, kind: str, is_given: bool) -> Consent:
    """A teacher notes what stands on the form that parents signed; what shows the pupil is hidden,
    or shown again, and what names the pupil is no longer the world's."""
    allow(can_note_consent(enter(membership.workspace, actor), membership))
    if is_given:
        ensure_open(membership.workspace)  # taken back it is at any time
    fields.check_codes("kind", [kind], ConsentKind.values)
    consent, is_new = Consent.objects.get_or_create(
        membership=membership, kind=kind, defaults={"is_given": is_given, "noted_by": actor}
    )
    if is_new or change(consent, is_given=is_given, noted_by=actor):
        record(ConsentNoted(membership), *_shown_otherwise(membership, kind, is_given), actor=actor)
    return consent


def _shown_otherwise(membership: WorkspaceMembership, kind: str, is_given: bool) -> list[Fact]:
    """What is hidden, shown again, or no longer the world's by this consent."""
    room = hold_still(membership.workspace, kind)
    if is_given:
        return [FileShownAgain(file) for file in show_again(membership)]
    held = [FileHeldBack(file) for file in hold_back(membership, kind)]
    return [*held, *(withdraw(room, [membership]) if kind == ConsentKind.NAME else ())]
