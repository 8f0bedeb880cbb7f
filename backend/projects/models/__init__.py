from backend.projects.models.parts import HandOver, HandOverState, ProjectComment, ProjectVersion
from backend.projects.models.project import (
    EDITABLE,
    ENDED,
    OPENED,
    PRESENT,
    WITHDRAWABLE,
    Decision,
    Outcome,
    Project,
    ProjectMember,
    ProjectMemberState,
    ProjectQuerySet,
    ProjectRole,
    ProjectState,
    of_side,
)

__all__ = [
    "EDITABLE", "ENDED", "OPENED", "PRESENT", "WITHDRAWABLE", "Decision", "HandOver", "HandOverState", "Outcome", "Project",
    "ProjectComment", "ProjectMember", "ProjectMemberState", "ProjectQuerySet", "ProjectRole", "ProjectState",
    "ProjectVersion", "of_side",
]  # fmt: skip
