"""What the types of things inside workspaces share."""

from backend.workspaces import models
from graphql_schema.viewer import Info, viewer_of

AUTHOR = "Who put it there; null for somebody who is gone."
CREATED = "When it was put there."
REMOVED = "Whether it was removed; what it said is gone then."


def membership(info: Info, workspace_id) -> models.WorkspaceMembership | None:
    """The viewer's membership of a workspace, asked once a request."""
    viewer = viewer_of(info)

    def load():
        mine = models.WorkspaceMembership.objects.present().filter(person=viewer)
        return {m.workspace_id: m for m in mine}

    return info.context.once("memberships", load).get(workspace_id) if viewer else None
