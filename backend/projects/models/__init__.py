from backend.projects.models.parts import HandOver, HandOverState, ProjectComment, ProjectVersion
from backend.projects.models.project import Decision, Project, ProjectMember, ProjectQuerySet, of_side
from backend.projects.models.states import (
    EDITABLE,
    ENDED,
    OPENED,
    PRESENT,
    WITHDRAWABLE,
    Outcome,
    ProjectMemberState,
    ProjectRole,
    ProjectState,
)

__all__ = [
    "EDITABLE", "ENDED", "OPENED", "PRESENT", "WITHDRAWABLE", "Decision", "HandOver", "HandOverState", "Outcome", "Project",
    "ProjectComment", "ProjectMember", "ProjectMemberState", "ProjectQuerySet", "ProjectRole", "ProjectState",
    "ProjectVersion", "of_side",
]  # fmt: skip
