"""Folders for materials."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.core.models import change
from backend.eventlog.record import record
from backend.workspaces.events import FolderAdded, FolderEdited, FolderRemoved
from backend.workspaces.models import Audience, File, Folder, Workspace
from backend.workspaces.permissions import can_add_folder, can_remove, is_staff, sees
from backend.workspaces.room import check_audience, ensure_open, ensure_there, enter, take_away, title_of

DEEPEST = 5


@transaction.atomic
def add_folder(
    workspace: Workspace, *, actor: Person, name: str, parent: Folder | None = None,
    audience: str = Audience.MEMBERS, is_open_to_pupils: bool = True,
) -> Folder:  # fmt: skip
    """A folder, perhaps in another one; what is in the staff room stays there."""
    me = enter(workspace, actor)
    allow(can_add_folder(me))
    ensure_open(workspace)
    if parent:
        inside = parent.workspace_id == workspace.pk and not parent.is_removed and sees(me, parent)
        ensure(inside, "not_found", field="parent")
        ensure(_depth(parent) < DEEPEST, "folders_too_deep", field="parent", limit=DEEPEST)
        audience = Audience.STAFF if parent.is_for_staff else audience
    folder = Folder.objects.create(
        workspace=workspace, author=actor, name=title_of(name), parent=parent, audience=check_audience(me, audience),
        is_open_to_pupils=is_open_to_pupils,
    )  # fmt: skip
    record(FolderAdded(folder), actor=actor)
    return folder


@transaction.atomic
def edit_folder(
    folder: Folder, *, actor: Person, name: str | None = None, is_open_to_pupils: bool | None = None
) -> Folder:
    """Another name; whether pupils may add to it. Who made it, or a teacher."""
    folder = Folder.objects.lock(folder)
    me = enter(folder.workspace, actor)
    allow(can_remove(me, folder))
    ensure_open(folder.workspace)
    ensure_there(folder)
    is_open = folder.is_open_to_pupils if is_open_to_pupils is None else is_open_to_pupils
    allow(is_open == folder.is_open_to_pupils or is_staff(me))
    if change(folder, name=folder.name if name is None else title_of(name), is_open_to_pupils=is_open):
        record(FolderEdited(folder), actor=actor)
    return folder


@transaction.atomic
def remove_folder(folder: Folder, *, actor: Person) -> Folder:
    """An empty folder: nothing is lost by it."""
    folder = Folder.objects.lock(folder)
    allow(can_remove(enter(folder.workspace, actor), folder))
    ensure_open(folder.workspace)
    ensure_there(folder)
    is_used = (
        File.objects.filter(folder=folder, removed_at=None).exists() or folder.folders.filter(removed_at=None).exists()
    )
    ensure(not is_used, "folder_not_empty")
    record(FolderRemoved(take_away(folder, actor)), actor=actor)
    return folder


def _depth(folder: Folder) -> int:
    depth, above = 1, folder.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth
