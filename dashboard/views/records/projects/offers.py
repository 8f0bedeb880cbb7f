"""What an agency may do for a project besides its own decision."""

from typing import Any

from backend.accounts.models import Person
from backend.desk.permissions import can_nudge_agency
from backend.moderation.permissions import can_look_inside
from backend.projects.models import OPENED, Project, ProjectMember, ProjectMemberState, ProjectState
from backend.projects.permissions import can_ask_hand_over, can_close_as_officer, can_reopen_as_officer, is_gone


def offered(viewer: Person, project: Project) -> dict[str, Any]:
    """What the record offers to this officer."""
    is_open = project.state == ProjectState.OPEN
    gone = [m for m in project.founders if is_open and is_gone(m) and can_ask_hand_over(viewer, project, m)]
    waiting = set(project.hand_overs.waiting_for(viewer).values_list("giver", flat=True)) if gone else set()
    waits = [decision for decision in project.current_decisions if project.awaits(decision.country_id)]
    return {
        "nudges": [decision.country_id for decision in waits if can_nudge_agency(viewer, decision)],
        "to_follow": [(giver, giver.pk in waiting, _partners(project, giver)) for giver in gone],
        "may_look": project.state in OPENED and can_look_inside(viewer, project),
        "may_close": is_open and can_close_as_officer(viewer, project),
        "may_reopen": project.state == ProjectState.CLOSED and can_reopen_as_officer(viewer, project),
    }


def _partners(project: Project, giver: ProjectMember) -> list[ProjectMember]:
    """Who could follow this founder."""
    joined = [m for m in project.members.all() if m.state == ProjectMemberState.JOINED and not m.founder_position]
    return [member for member in joined if member.country_id == giver.country_id]
