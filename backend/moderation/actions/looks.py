"""Looking inside a private workspace."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.eventlog.record import record
from backend.moderation.events import LookedInside
from backend.moderation.models import Look
from backend.moderation.permissions import can_look_inside
from backend.moderation.words import a_reason
from backend.projects.models import Project
from backend.workspaces.models import Workspace


@transaction.atomic
def look_inside(project: Project, *, actor: Person, reason: str) -> Look:
    """An officer opens a private workspace for a reason; its teachers are told and read the reason."""
    allow(can_look_inside(actor, project))
    workspace = Workspace.objects.filter(project=project).first()
    ensure(workspace is not None, "workspace_not_opened", field="project_id")
    assert workspace
    look = Look.objects.create(workspace=workspace, officer=actor, reason=a_reason(reason))
    record(LookedInside(workspace, look), actor=actor)
    return look
