"""Who may do what in a workspace, from the person's membership; no queries."""

from backend.accounts.models import Person, PersonState
from backend.workspaces.models import (
    PUPIL_ROLES,
    STAFF_ROLES,
    Inside,
    Workspace,
    WorkspaceMembership,
    WorkspaceRole,
)

Membership = WorkspaceMembership | None


def membership_of(person: Person, workspace: Workspace) -> Membership:
    """The person's present membership: one query, or none when memberships are prefetched."""
    if "memberships" in getattr(workspace, "_prefetched_objects_cache", {}):
        mine = (m for m in workspace.memberships.all() if m.person_id == person.pk and m.is_present)
        found = next(mine, None)
    else:
        found = workspace.memberships.present().filter(person=person).first()
    return found if person.state == PersonState.VALIDATED else None


def _is_staff(me: Membership) -> bool:
    return me is not None and me.role in STAFF_ROLES


def can_administer(me: Membership) -> bool:
    """Founders, and partners they made administrators."""
    return me is not None and me.role == WorkspaceRole.ADMINISTRATOR


def can_add_pupils(me: Membership) -> bool:
    """Every teacher of the workspace."""
    return _is_staff(me)


def can_reset_pupil_password(me: Membership, pupil: WorkspaceMembership) -> bool:
    """Every teacher of the workspace, for its pupils."""
    same = me is not None and me.workspace_id == pupil.workspace_id
    return same and _is_staff(me) and pupil.role in PUPIL_ROLES and pupil.left_at is None


def can_open_discussion(me: Membership) -> bool:
    return can_administer(me)


def can_start_thread(me: Membership) -> bool:
    """Teachers and pupil administrators; pupils reply."""
    return _is_staff(me) or (me is not None and me.role == WorkspaceRole.PUPIL_ADMINISTRATOR)


def can_add_post(me: Membership) -> bool:
    """Everybody but guests."""
    return me is not None and me.role != WorkspaceRole.GUEST


def can_edit(me: Membership, thing: Inside) -> bool:
    """Its author, as long as they may write."""
    return can_add_post(me) and me is not None and thing.author_id == me.person_id


def can_remove(me: Membership, thing: Inside) -> bool:
    """Its author, or any teacher: staff answer for what pupils write."""
    return can_edit(me, thing) or _is_staff(me)


def can_post_update(me: Membership) -> bool:
    return can_start_thread(me)


def can_upload_file(me: Membership) -> bool:
    return can_add_post(me)
