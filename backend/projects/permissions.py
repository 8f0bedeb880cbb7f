"""Who may do what with a project. No query where members and decisions are prefetched."""

from django.db.models import Exists, OuterRef, Q

from backend.accounts.models import GONE, Person, PersonState
from backend.agencies.permissions import can_decide_for, is_central
from backend.partners.models import Block
from backend.projects.models import (
    EDITABLE,
    ENDED,
    OPENED,
    PRESENT,
    WITHDRAWABLE,
    HandOver,
    Outcome,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
)


def member_of(project: Project, person: Person) -> ProjectMember | None:
    """The person's present place in the project."""
    joined = (m for m in project.members.all() if m.person_id == person.pk)
    return next((m for m in joined if m.state == ProjectMemberState.JOINED), None)


def is_founder(actor: Person, project: Project) -> bool:
    member = member_of(project, actor)
    return actor.is_validated_staff and member is not None and member.role == ProjectRole.FOUNDER


def follows_as(person: Person, project: Project) -> str:
    """As what somebody follows the steps of a project: a member, an agency once it is sent, or not at all."""
    if any(m.person_id == person.pk and m.state in PRESENT for m in project.members.all()):
        return "member"
    sent = project.state != ProjectState.DRAFT
    return "agency" if sent and any(person.oversees.covers(m.country_id, m) for m in project.members.all()) else ""


def can_read_decision(viewer: Person, project: Project) -> bool:
    """What an officer wrote is for who joined the project and for the agencies; others, also who was only invited, see
    that it was decided."""
    return member_of(project, viewer) is not None or follows_as(viewer, project) == "agency"


def can_draft_project(actor: Person) -> bool:
    """Validated staff."""
    return actor.is_validated_staff


def can_edit_project(actor: Person, project: Project) -> bool:
    """Both founders, equally."""
    return is_founder(actor, project)


def can_submit_project(actor: Person, project: Project) -> bool:
    return is_founder(actor, project)


def can_answer_project(actor: Person, project: Project) -> bool:
    """The founder who did not send it."""
    return is_founder(actor, project) and project.submitted_by_id != actor.pk


def can_withdraw_project(actor: Person, project: Project) -> bool:
    return is_founder(actor, project)


def can_decide_project(actor: Person, project: Project, side: str) -> bool:
    """Officers of a founder country decide for that side; the central service for an absent one."""
    founders = (m for m in project.founders if m.country_id == side)
    return any(can_decide_for(actor, side, founder) for founder in founders)


def can_invite_partner(actor: Person, project: Project) -> bool:
    """Administrators: both founders, and partners they made administrators."""
    member = member_of(project, actor)
    return actor.is_validated_staff and member is not None and member.is_administrator


def can_end_project(actor: Person, project: Project) -> bool:
    """Both founders close, reopen and archive."""
    return is_founder(actor, project)


def is_gone(member: ProjectMember) -> bool:
    """Whose account was closed, banned or erased; needs the person loaded."""
    return member.person.state in GONE


def can_close_as_officer(actor: Person, project: Project) -> bool:
    """When nobody else can: both founders are gone."""
    is_left = all(is_gone(founder) for founder in project.founders)
    return is_left and any(can_decide_for(actor, m.country_id, m) for m in project.founders)


def can_ask_hand_over(actor: Person, project: Project, giver: ProjectMember) -> bool:
    """A founder, of the own place; of a place whose founder is gone, the other founder and the agency."""
    if giver.person_id == actor.pk or not is_gone(giver):
        return giver.person_id == actor.pk and is_founder(actor, project)
    return is_founder(actor, project) or can_decide_for(actor, giver.country_id, giver)


def can_reopen_as_officer(actor: Person, project: Project) -> bool:
    return any(can_decide_for(actor, m.country_id, m) for m in project.founders)


def can_copy_project(actor: Person, project: Project) -> bool:
    """Whoever is or was founder of it."""
    return is_founder(actor, project) and project.state in OPENED


def can_confirm_hand_over(actor: Person, hand_over: HandOver) -> bool:
    """The agency of the founder's country."""
    return can_decide_for(actor, hand_over.giver.country_id, hand_over.giver)


def sides_for(actor: Person, project: Project) -> list[str]:
    """The founder countries whose decision this person could take now."""
    waiting = [d.country_id for d in project.current_decisions if d.outcome == Outcome.PENDING]
    if project.state != ProjectState.PENDING_APPROVAL:
        return []
    return [side for side in waiting if can_decide_project(actor, project, side)]


def side_of_comments(actor: Person, project: Project) -> str | None:
    """For which agency somebody comments; the central service decides with a reason, and speaks in nobody's name."""
    return None if is_central(actor) else min(sides_for(actor, project), default=None)


def is_editable(project: Project) -> bool:
    return project.state in EDITABLE


def is_withdrawable(project: Project) -> bool:
    return project.state in WITHDRAWABLE


def can_write_to_project(actor: Person, project: Project) -> bool:
    """Its present members."""
    return actor.is_validated_staff and member_of(project, actor) is not None


def is_ended(project: Project) -> bool:
    """Nothing more comes of it: refused, declined, withdrawn, or kept for reading only."""
    return project.state in ENDED


def writable() -> Q:
    """Conversations that can go on: of a living project; of two validated people neither of whom blocked the other."""
    one, other = OuterRef("one"), OuterRef("other")
    blocks = Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))
    states = {"one__state": PersonState.VALIDATED, "other__state": PersonState.VALIDATED}
    return Q(Q(project__isnull=False) & ~Q(project__state__in=ENDED)) | Q(~Exists(blocks), **states)
