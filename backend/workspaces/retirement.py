"""Pupils' accounts end a month after their project is closed."""

from datetime import timedelta

from django.db import transaction

from backend.core import clock
from backend.eventlog.record import record
from backend.projects.models import ProjectState
from backend.workspaces.actions.members import end_pupil
from backend.workspaces.events import MemberLeft
from backend.workspaces.models import PUPIL_ROLES, Workspace, WorkspaceRole

PUPILS_STAY = timedelta(days=30)


def retire_pupils() -> int:
    """End the accounts of pupils in workspaces that were closed long enough ago; returns how many."""
    long_closed = Workspace.objects.filter(
        project__state=ProjectState.CLOSED,
        project__state_since__lt=clock.now() - PUPILS_STAY,
        memberships__role__in=PUPIL_ROLES,
        memberships__left_at=None,
    )
    return sum(release_class(workspace) for workspace in long_closed.distinct())


@transaction.atomic
def release_class(workspace: Workspace) -> int:
    """Pupils and guests leave; the teachers stay."""
    leaving = workspace.memberships.filter(left_at=None, role__in=(*PUPIL_ROLES, WorkspaceRole.GUEST))
    present = list(leaving.select_related("person"))
    for membership in present:
        if membership.is_pupil:
            end_pupil(membership)
        else:
            membership.left_at = clock.now()
            membership.save(update_fields=["left_at", "updated_at"])
        record(MemberLeft(membership), actor=membership.person)
    return len(present)
