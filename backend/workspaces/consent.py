"""What parents agreed to decides what may be shown of a pupil."""

from collections.abc import Iterable

from backend.core.guards import ensure
from backend.workspaces.models import Consent, ConsentKind, FileKind, Workspace, WorkspaceMembership

NEEDED = {FileKind.IMAGE: ConsentKind.IMAGE, FileKind.VIDEO: ConsentKind.VIDEO}


def ensure_consent(workspace: Workspace, kind: str, shows: Iterable[WorkspaceMembership]) -> list[WorkspaceMembership]:
    """The pupils to be seen in a photo or video; refuses when the parents of one have not agreed."""
    shown = list(shows)
    ensure(all(m.workspace_id == workspace.pk and m.is_pupil for m in shown), "not_a_pupil", field="shows")
    needed = NEEDED.get(FileKind(kind))
    if needed and shown:
        agreed = Consent.objects.filter(membership__in=shown, kind=needed, is_given=True)
        allowed = set(agreed.values_list("membership", flat=True))
        lacking = ", ".join(m.person.given_name for m in shown if m.pk not in allowed)
        ensure(not lacking, "consent_not_given", field="shows", names=lacking)
    return shown
