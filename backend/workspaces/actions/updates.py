"""News for everybody in the workspace."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import allow
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import UpdateEdited, UpdatePosted, UpdateRemoved
from backend.workspaces.models import Audience, Update, Workspace
from backend.workspaces.permissions import can_edit, can_post_update, can_remove
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, text_of
from backend.workspaces.versions import rewrite


@transaction.atomic
def post_update(workspace: Workspace, *, actor: Person, text: str, audience: str = Audience.MEMBERS) -> Update:
    """An entry in the feed of the workspace, seen by its members only, or by its teachers."""
    me = enter(workspace, actor)
    allow(can_post_update(me))
    ensure_open(workspace)
    text, audience = text_of(text=text, needed=True), check_audience(me, audience)
    update = Update.objects.create(workspace=workspace, author=actor, text=text, audience=audience)
    record(UpdatePosted(update), actor=actor)
    return update


@transaction.atomic
def edit_update(update: Update, *, actor: Person, text: str, expected_version: int) -> Update:
    """The author corrects the own words."""
    update = Update.objects.lock(update)
    me = enter(update.workspace, actor)
    allow(can_post_update(me) and can_edit(me, update))
    ensure_open(update.workspace)
    ensure_there(update)
    if rewrite(update, actor=actor, expected=expected_version, typed={"text": text_of(text=text, needed=True)}):
        change(update, edited_at=clock.now())
        record(UpdateEdited(update), actor=actor)
    return update


@transaction.atomic
def remove_update(update: Update, *, actor: Person) -> Update:
    """The author or a teacher takes it out of the feed."""
    update = Update.objects.lock(update)
    allow(can_remove(enter(update.workspace, actor), update))
    ensure_open(update.workspace)
    ensure_there(update)
    record(UpdateRemoved(take_away(update, actor)), actor=actor)
    return update
