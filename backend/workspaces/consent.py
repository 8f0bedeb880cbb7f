"""What parents agreed to decides what may be shown of a pupil."""

from collections.abc import Iterable

from backend.core import clock
from backend.core.guards import ensure
from backend.core.models import change
from backend.workspaces.models import Consent, ConsentKind, File, FileKind, Inside, Page, Workspace, WorkspaceMembership
from backend.workspaces.permissions import is_staff

NEEDED = {FileKind.IMAGE: ConsentKind.IMAGE, FileKind.VIDEO: ConsentKind.VIDEO}


def ensure_consent(
    me: WorkspaceMembership, kind: str, shows: Iterable[WorkspaceMembership]
) -> list[WorkspaceMembership]:
    """The pupils to be seen in a photo or video; refuses when the parents of one have not agreed."""
    shown = list(shows)
    ensure(all(m.workspace_id == me.workspace_id and m.is_pupil for m in shown), "not_a_pupil", field="shows")
    needed = NEEDED.get(FileKind(kind))
    if needed and shown:
        agreed = Consent.objects.filter(membership__in=shown, kind=needed, is_given=True)
        allowed = set(agreed.values_list("membership", flat=True))
        lacking = ", ".join(m.person.given_name for m in shown if m.pk not in allowed)
        if is_staff(me):  # pupils do not learn whose parents it is
            ensure(not lacking, "consent_not_given", field="shows", names=lacking)
        ensure(not lacking, "consent_needs_teacher", field="shows")
    return shown


def may_use_tools(me: WorkspaceMembership) -> bool:
    """Whether somebody goes to tools outside the platform: pupils, where their parents agreed."""
    return not me.is_pupil or me.consents.filter(kind=ConsentKind.EXTERNAL_TOOL, is_given=True).exists()


def hold_still(workspace: Workspace, kind: str) -> Workspace:
    """The workspace as it is now; nothing that may show or name a pupil is published meanwhile. Locked in the order of
    the rules that publish: pages and files, then the workspace, which what is new waits for. Keys stay, so that rows
    that point here need not wait."""
    models: tuple[type[Inside], ...] = (Page, File) if kind == ConsentKind.NAME else (File,)
    for model in models:
        there = model._default_manager.filter(workspace=workspace, removed_at=None).order_by("pk")
        list(there.select_for_update(no_key=True).values_list("pk", flat=True))
    return Workspace.objects.lock(workspace)


def hold_back(membership: WorkspaceMembership, kind: str) -> list[File]:
    """Parents no longer agree: what shows the pupil is hidden at once."""
    kinds = [file_kind for file_kind, needed in NEEDED.items() if needed == kind]
    shown = File.objects.filter(workspace=membership.workspace_id, shows=membership, kind__in=kinds)
    there = shown.filter(removed_at=None, awaits_consent=False).select_for_update(of=("self",))
    held = list(there)
    for file in held:
        change(file, hidden_at=file.hidden_at or clock.now(), awaits_consent=True)
    return held


def show_again(membership: WorkspaceMembership) -> list[File]:
    """Parents agree after all: what shows the pupil is shown again, where all parents agree."""
    held = File.objects.filter(workspace=membership.workspace_id, shows=membership, awaits_consent=True)
    shown = [file for file in held.filter(removed_at=None).select_for_update(of=("self",)) if not _lacking(file)]
    for file in shown:
        change(file, hidden_at=None, awaits_consent=False)
    return shown


def _lacking(file: File) -> bool:
    agreed = Consent.objects.filter(kind=NEEDED[FileKind(file.kind)], is_given=True)
    return file.shows.exclude(pk__in=agreed.values("membership")).exists()
