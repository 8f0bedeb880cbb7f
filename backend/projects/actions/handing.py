"""Handing a founder's place over, and starting again from an old project."""

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.projects.actions.drafting import draft_project
from backend.projects.events import HandOverAsked, HandOverConfirmed, HandOverRefused
from backend.projects.models import (
    HandOver,
    HandOverState,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
)
from backend.projects.permissions import (
    can_ask_hand_over,
    can_confirm_hand_over,
    can_copy_project,
    is_gone,
    member_of,
)
from backend.projects.text import LISTS, text_of

NOT_COPIED = ("title", "starts_on", "ends_on", "erasmus_link")


@transaction.atomic
def hand_over_project(
    project: Project, *, actor: Person, taker: ProjectMember, giver: ProjectMember | None = None, reason: str = ""
) -> HandOver:
    """A partner of the same school or country is named to follow a founder; the agency confirms. `giver`: the founder,
    where it is not the actor, since their account was closed, erased or banned."""
    project = Project.objects.lock(project)
    giver = giver or member_of(project, actor)
    allow(giver is not None and giver in project.founders)
    assert giver
    allow(can_ask_hand_over(actor, project, giver))
    ensure(project.state == ProjectState.OPEN, "project_not_open")
    is_partner = taker.project_id == project.pk and taker.role == ProjectRole.PARTNER
    ensure(is_partner and taker.state == ProjectMemberState.JOINED, "not_a_partner", field="taker")
    ensure(taker.country_id == giver.country_id, "hand_over_abroad", field="taker")
    other = next(m for m in project.founders if m.pk != giver.pk)
    ensure(taker.school_id != other.school_id, "same_school", field="taker")
    try:
        with transaction.atomic():
            due = clock.after_working_days(clock.now(), giver.country.target_working_days)
            hand_over = HandOver.objects.create(project=project, giver=giver, taker=taker, asked_by=actor, due_at=due)
    except IntegrityError:
        raise refusal("hand_over_waits") from None
    stand_in(actor, reason, giver.country_id)
    record(HandOverAsked(project, hand_over), actor=actor)
    return hand_over


@transaction.atomic
def confirm_hand_over(hand_over: HandOver, *, actor: Person, comment: str = "") -> HandOver:
    """The agency confirms: the taker is a founder from now on, the giver a partner, or gone from the project too."""
    hand_over = _waiting(hand_over, actor, comment)
    giver, taker = hand_over.giver, hand_over.taker
    ensure(taker.state == ProjectMemberState.JOINED, "not_a_partner")
    position = giver.founder_position
    state = ProjectMemberState.LEFT if is_gone(giver) else giver.state
    change(giver, role=ProjectRole.PARTNER, founder_position=None, state=state)
    change(taker, role=ProjectRole.FOUNDER, founder_position=position, is_administrator=True)
    _settle(hand_over, HandOverState.CONFIRMED, actor, comment)
    record(HandOverConfirmed(hand_over.project, hand_over), actor=actor)
    return hand_over


@transaction.atomic
def refuse_hand_over(hand_over: HandOver, *, actor: Person, comment: str) -> HandOver:
    """The agency does not confirm; nothing changes."""
    ensure(bool(comment.strip()), "reason_missing", field="comment")
    hand_over = _waiting(hand_over, actor, comment)
    _settle(hand_over, HandOverState.REFUSED, actor, comment)
    record(HandOverRefused(hand_over.project, hand_over), actor=actor)
    return hand_over


@transaction.atomic
def copy_project(project: Project, *, actor: Person, partner: Person, title: str) -> Project:
    """A new draft with the old text; when it opens, its workspace gets the structure of the old one."""
    allow(can_copy_project(actor, project))
    text = {name: value for name, value in text_of(project).items() if name not in NOT_COPIED}
    text |= {name: [term.pk for term in getattr(project, name).all()] for name in LISTS}
    copy = draft_project(actor=actor, partner=partner, title=title, **text)
    change(copy, copied_from=project)
    return copy


def _waiting(hand_over: HandOver, actor: Person, comment: str) -> HandOver:
    hand_over = HandOver.objects.lock(hand_over)
    allow(can_confirm_hand_over(actor, hand_over))
    ensure(hand_over.state == HandOverState.WAITING, "hand_over_decided")
    stand_in(actor, comment, hand_over.giver.country_id)
    fields.limit(fields.TEXT_LIMIT, comment=comment)
    return hand_over


def _settle(hand_over: HandOver, state: str, actor: Person, comment: str) -> None:
    change(hand_over, state=state, decided_by=actor, comment=tidy_lines(comment))
