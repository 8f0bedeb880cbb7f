"""The home: the only part of a workspace that may be public, and only if a founder says so."""

from types import EllipsisType

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import HomeClosed, HomeEdited, HomeOpened
from backend.workspaces.models import File, FileKind, Workspace
from backend.workspaces.naming import ensure_home_names, ensure_names
from backend.workspaces.permissions import can_edit_home, can_open_home
from backend.workspaces.room import ensure_open, enter, text_of
from backend.workspaces.versions import rewrite


@transaction.atomic
def edit_home(
    workspace: Workspace, *, actor: Person, expected_version: int, description: str | None = None,
    image: File | EllipsisType | None = ..., names_others: bool = False,
) -> Workspace:  # fmt: skip
    """Administrators write what stands there; who edits an old version gets both texts back. `image`: None takes it
    off."""
    workspace = Workspace.objects.lock(workspace)
    me = enter(workspace, actor)
    allow(can_edit_home(me))
    ensure_open(workspace)
    text = workspace.description if description is None else text_of(description=description)
    if workspace.is_public:
        ensure_names(me, text, names_others=names_others)
    if isinstance(image, File):
        is_good = image.workspace_id == workspace.pk and image.kind == FileKind.IMAGE and not image.is_removed
        ensure(is_good, "not_found", field="image")
    more = {} if image is ... else {"image": image}
    if rewrite(workspace, actor=actor, expected=expected_version, typed={"description": text}, **more):
        record(HomeEdited(workspace), actor=actor)
    return workspace


@transaction.atomic
def open_home(workspace: Workspace, *, actor: Person, is_public: bool, names_others: bool = False) -> Workspace:
    """A founder shows the home and the public pages to the world, or no longer. Also of a closed project."""
    workspace = Workspace.objects.lock(workspace)
    allow(can_open_home(actor, workspace))
    if is_public:
        ensure_home_names(enter(workspace, actor), names_others=names_others)
    if workspace.is_public != is_public:
        change(workspace, is_public=is_public)
        record(HomeOpened(workspace) if is_public else HomeClosed(workspace), actor=actor)
    return workspace
