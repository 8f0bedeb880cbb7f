"""News for everybody in the workspace."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import allow
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.workspaces.events import UpdatePosted
from backend.workspaces.models import Update, Workspace
from backend.workspaces.permissions import can_post_update
from backend.workspaces.room import ensure_open, enter


@transaction.atomic
def post_update(workspace: Workspace, *, actor: Person, text: str) -> Update:
    """An entry in the feed of the workspace, seen by its members only."""
    allow(can_post_update(enter(workspace, actor)))
    ensure_open(workspace)
    text = tidy_lines(text)
    fields.require(text=text)
    fields.limit(fields.TEXT_LIMIT, text=text)
    update = Update.objects.create(workspace=workspace, author=actor, text=text)
    record(UpdatePosted(update), actor=actor)
    return update
