"""Who may do what in a workspace, from the person's membership; no queries."""

from backend.accounts.models import Person, PersonState
from backend.workspaces.models import (
    PUPIL_ROLES,
    STAFF_ROLES,
    ChatRoom,
    Inside,
    Page,
    PageEditors,
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


def is_staff(me: Membership) -> bool:
    """Every teacher of the workspace."""
    return me is not None and me.role in STAFF_ROLES


def can_administer(me: Membership) -> bool:
    """Founders, and partners they made administrators."""
    return me is not None and me.role == WorkspaceRole.ADMINISTRATOR


def can_write(me: Membership) -> bool:
    """Everybody but guests."""
    return me is not None and me.role != WorkspaceRole.GUEST


def can_publish(me: Membership) -> bool:
    """Teachers and pupil administrators; pupils reply."""
    return is_staff(me) or (me is not None and me.role == WorkspaceRole.PUPIL_ADMINISTRATOR)


def sees(me: Membership, thing: Inside) -> bool:
    """What is in the staff room, teachers only."""
    return me is not None and (is_staff(me) or not thing.is_for_staff)


# pupils and members


def can_add_pupils(me: Membership) -> bool:
    return is_staff(me)


def can_reset_pupil_password(me: Membership, pupil: WorkspaceMembership) -> bool:
    """Every teacher of the workspace, for its pupils."""
    return can_note_consent(me, pupil) and pupil.left_at is None


def can_remove_pupil(me: Membership, pupil: WorkspaceMembership) -> bool:
    return can_reset_pupil_password(me, pupil)


def can_note_consent(me: Membership, pupil: WorkspaceMembership) -> bool:
    """Of those who left, too: parents may change their mind as long as something is there."""
    same = me is not None and me.workspace_id == pupil.workspace_id
    return same and is_staff(me) and pupil.role in PUPIL_ROLES


def can_set_role(me: Membership, member: WorkspaceMembership) -> bool:
    """Teachers for pupils, administrators for teachers; nobody for oneself, a founder or a guest."""
    if me is None or me.workspace_id != member.workspace_id or me.pk == member.pk or member.left_at:
        return False
    return is_staff(me) if member.role in PUPIL_ROLES else can_administer(me) and member.role in STAFF_ROLES


def can_invite_guest(me: Membership) -> bool:
    return can_administer(me)


# forums, feed, materials


def can_open_discussion(me: Membership) -> bool:
    return can_administer(me)


def can_start_thread(me: Membership) -> bool:
    return can_publish(me)


def can_rename_thread(me: Membership, thing: Inside) -> bool:
    """Who started it, and teachers."""
    return can_edit(me, thing) or is_staff(me)


def can_add_post(me: Membership) -> bool:
    return can_write(me)


def can_post_update(me: Membership) -> bool:
    return can_publish(me)


def can_upload_file(me: Membership) -> bool:
    return can_write(me)


def can_add_folder(me: Membership) -> bool:
    return can_publish(me)


def can_edit(me: Membership, thing: Inside) -> bool:
    """Its author, as long as they may write."""
    return can_write(me) and me is not None and thing.author_id == me.person_id and sees(me, thing)


def can_read_versions(me: Membership, thing: Inside) -> bool:
    """Its author, and teachers."""
    return me is not None and (thing.author_id == me.person_id or is_staff(me)) and sees(me, thing)


def can_remove(me: Membership, thing: Inside) -> bool:
    """Its author, or any teacher: staff answer for what pupils write."""
    return can_edit(me, thing) or is_staff(me)


# pages


def can_write_page(me: Membership) -> bool:
    return can_publish(me)


def can_edit_page(me: Membership, page: Page) -> bool:
    """Its author, administrators, and whom its author lets; needs `chosen` prefetched for no query."""
    if me is None or not can_write(me) or not sees(me, page):
        return False
    if page.author_id == me.person_id or can_administer(me):
        return True
    if page.editors == PageEditors.CHOSEN:
        return any(person.pk == me.person_id for person in page.chosen.all())
    is_let = {PageEditors.STAFF: is_staff(me), PageEditors.MEMBERS: not page.is_draft or is_staff(me)}
    return is_let.get(PageEditors(page.editors), False)


def can_publish_page(me: Membership, page: Page) -> bool:
    """Teachers, of pages they may edit: they answer for what the class publishes."""
    return is_staff(me) and can_edit_page(me, page)


def can_remove_page(me: Membership, page: Page) -> bool:
    """Its author while it is a draft, and administrators."""
    return can_administer(me) or (page.is_draft and can_edit(me, page))


# plan and chat


def can_plan(me: Membership) -> bool:
    return is_staff(me)


def can_open_chat_room(me: Membership) -> bool:
    return is_staff(me)


def can_be_on_duty(me: Membership) -> bool:
    return is_staff(me)


def can_chat(me: Membership, room: ChatRoom) -> bool:
    """Teachers always, pupils where they see the room; that it is supervised is asked apart."""
    return can_write(me) and sees(me, room)


def can_export_chat(me: Membership, room: ChatRoom) -> bool:
    """Teachers, who answer for what is said there."""
    return is_staff(me) and sees(me, room)


def can_close_chat_room(me: Membership, room: ChatRoom) -> bool:
    """Whoever may change it: teachers."""
    return can_open_chat_room(me) and sees(me, room)


def can_remove_chat_room(me: Membership, room: ChatRoom) -> bool:
    """Administrators, and the teacher who opened it: with it goes what everybody said there."""
    return can_administer(me) or (is_staff(me) and can_edit(me, room))


def needs_supervision(me: Membership) -> bool:
    return me is not None and me.role in PUPIL_ROLES


# home


def can_edit_home(me: Membership) -> bool:
    return can_administer(me)


def can_open_home(person: Person, workspace: Workspace) -> bool:
    """The founders alone decide what the world may see."""
    founders = {m.person_id for m in workspace.project.founders}
    return person.state == PersonState.VALIDATED and person.pk in founders


def can_export(person: Person, workspace: Workspace) -> bool:
    """Both founders, open or not."""
    return can_open_home(person, workspace)
