"""The home: the only part of a workspace that may be public, and only if a founder says so."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import HomeClosed, HomeEdited, HomeOpened
from backend.workspaces.models import File, FileKind, Workspace
from backend.workspaces.permissions import can_edit_home, can_open_home
from backend.workspaces.room import ensure_open, enter, text_of
from backend.workspaces.versions import rewrite


@transaction.atomic
def edit_home(
    workspace: Workspace, *, actor: Person, expected_version: int, description: str | None = None,
    image: File | None = None,
) -> Workspace:  # fmt: skip
    """Administrators write what stands there; who edits an old version gets both texts back."""
    workspace = Workspace.objects.lock(workspace)
    allow(can_edit_home(enter(workspace, actor)))
    ensure_open(workspace)
    text = workspace.description if description is None else text_of(description=description)
    if image is not None:
        is_good = image.workspace_id == workspace.pk and image.kind == FileKind.IMAGE and not image.is_removed
        ensure(is_good, "not_found", field="image")
    more = {"image": image or workspace.image}
    if rewrite(workspace, actor=actor, expected=expected_version, typed={"description": text}, **more):
        record(HomeEdited(workspace), actor=actor)
    return workspace


@transaction.atomic
def open_home(workspace: Workspace, *, actor: Person, is_public: bool) -> Workspace:
    """A founder shows the home and the public pages to the world, or no longer. Also of a closed project."""
    workspace = Workspace.objects.lock(workspace)
    allow(can_open_home(actor, workspace))
    if workspace.is_public != is_public:
        change(workspace, is_public=is_public)
        record(HomeOpened(workspace) if is_public else HomeClosed(workspace), actor=actor)
    return workspace
