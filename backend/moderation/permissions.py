"""Who reads and decides reports and appeals, who looks inside, and who helps."""

from collections.abc import Collection
from datetime import timedelta

from backend.accounts.models import Person, PersonKind, PersonState
from backend.agencies.permissions import can_decide_for
from backend.core import clock
from backend.moderation.models import Appeal, HelpRequest, HelpState, Report, Sanction
from backend.moderation.readers import parts_in
from backend.projects.models import Project, ProjectMemberState
from backend.workspaces.models import WorkspaceMembership

APPEAL_WITHIN = timedelta(days=183)


def is_concerned(actor: Person, report: Report) -> bool:
    """They decide nothing about it."""
    return actor.pk in report.concerned


def can_decide_report(actor: Person, report: Report) -> bool:
    """Officers of the country and the central service."""
    return can_decide_for(actor, report.country_id)


def can_open_report(actor: Person, report: Report, me: WorkspaceMembership | None) -> bool:
    """Who may decide it, and the teachers of the workspace it comes from; never whose thing it is."""
    if actor.pk == report.author_id:
        return False
    is_teacher = me is not None and me.is_staff and me.workspace_id == report.workspace_id
    return is_teacher or can_decide_report(actor, report)


def can_confirm_ban(actor: Person, report: Report) -> bool:
    """Another officer than the one who proposed it."""
    return can_decide_report(actor, report) and not is_concerned(actor, report) and not proposed(actor, report)


def can_escalate_report(actor: Person, report: Report) -> bool:
    """The country's own officers: the central service has nobody to pass it on to."""
    return can_decide_report(actor, report) and not actor.oversees.everywhere


def can_read_escalation(viewer: Person, report: Report) -> bool:
    """Officers; not the teachers of the workspace, nor who only reported."""
    return viewer.pk != report.author_id and viewer.oversees.covers(report.country_id)


def proposed(actor: Person, report: Report) -> bool:
    return report.ban_proposed_by_id == actor.pk


def can_appeal(actor: Person, sanction: Sanction) -> bool:
    """The person it is about."""
    return sanction.person_id == actor.pk


def is_in_time(sanction: Sanction) -> bool:
    return clock.now() < sanction.created_at + APPEAL_WITHIN


def can_decide_appeal(actor: Person, appeal: Appeal) -> bool:
    return can_decide_for(actor, appeal.sanction.country_id)


def can_lift_suspension(actor: Person, person: Person, suspensions: Collection[Sanction]) -> bool:
    """Who decides for every country that suspended the person; for the person's own, where none did."""
    countries: set[str | None] = {suspension.country_id for suspension in suspensions} or {person.country_id}
    return actor.pk != person.pk and all(can_decide_for(actor, country) for country in countries)


def has_part_in(actor: Person, sanction: Sanction) -> bool:
    """Who had a hand in the decision does not decide the appeal."""
    return actor.pk in parts_in(sanction)


def can_look_inside(actor: Person, project: Project) -> bool:
    """Officers of the countries whose schools are in it."""
    joined = (m for m in project.members.all() if m.state == ProjectMemberState.JOINED)
    return any(can_decide_for(actor, member.country_id) for member in joined)


def can_ask_for_help(actor: Person) -> bool:
    """School staff whose e-mail address is confirmed, whatever the agency decided."""
    return actor.kind == PersonKind.STAFF and actor.is_active and actor.state != PersonState.EMAIL_UNCONFIRMED


def can_answer_help(actor: Person, request: HelpRequest) -> bool:
    """Officers of the asker's country."""
    return can_decide_for(actor, request.country_id)


def can_reply_help(actor: Person, request: HelpRequest) -> bool:
    """Who asked."""
    return request.asker_id == actor.pk


def can_close_help(actor: Person, request: HelpRequest) -> bool:
    return can_reply_help(actor, request) or can_answer_help(actor, request)


def is_not_closed(request: HelpRequest) -> bool:
    return request.state != HelpState.CLOSED
