"""How a rule enters a workspace: it must be open for changes, and the actor's membership decides."""

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.workspaces.models import Workspace, WorkspaceMembership
from backend.workspaces.permissions import membership_of


def enter(workspace: Workspace, actor: Person) -> WorkspaceMembership:
    """The actor's membership; refuses outsiders."""
    me = membership_of(actor, workspace)
    allow(me is not None)
    assert me
    return me


def ensure_open(workspace: Workspace) -> None:
    ensure(workspace.is_open, "workspace_read_only")
