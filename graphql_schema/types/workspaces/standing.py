"""What the types of things inside workspaces share."""

from typing import Any

import strawberry_django
from django.db.models import F

from backend.projects.models import ProjectState
from backend.workspaces import models, permissions
from graphql_schema.viewer import Info, viewer_of

AUTHOR = "Who put it there; null for somebody who is gone."
CREATED = "When it was put there."
REMOVED = "Whether it was removed; what it said is gone then."
AUDIENCE = "Who sees it."
CAN_EDIT = "Whether the viewer may edit it now."
CAN_REMOVE = "Whether the viewer may remove it now."
TOMBSTONE = ["removed_at", "hidden_at"]
OF_WHOM = ["workspace", "author", "audience", *TOMBSTONE]


def words(name: str, description: str) -> Any:
    """A text of a thing, which goes with it: empty once the thing was removed, or hidden until somebody decides."""

    def resolver(self) -> str:
        return "" if self.is_removed else getattr(self, name)

    return strawberry_django.field(resolver, description=description, only=[name, *TOMBSTONE])


def membership(info: Info, workspace_id) -> models.WorkspaceMembership | None:
    """The viewer's membership of a workspace, asked once a request."""
    viewer = viewer_of(info)

    def load():
        mine = models.WorkspaceMembership.objects.present().filter(person=viewer)
        return {m.workspace_id: m for m in mine.annotate(state_of_project=F("workspace__project__state"))}

    return info.context.once("memberships", load).get(workspace_id) if viewer else None


def acting(info: Info, workspace_id) -> models.WorkspaceMembership | None:
    """The same as long as the workspace can be changed: what is closed has no buttons."""
    me: Any = membership(info, workspace_id)
    return me if me and me.state_of_project == ProjectState.OPEN else None


def may_use_tools(info: Info, workspace_id) -> bool:
    """Whether the viewer may go to tools outside the platform; asked once a request, and only for pupils."""
    me = membership(info, workspace_id)

    def load():
        mine = models.Consent.objects.filter(membership__person=viewer_of(info), is_given=True)
        return set(mine.filter(kind=models.ConsentKind.EXTERNAL_TOOL).values_list("membership", flat=True))

    return me is None or not me.is_pupil or me.pk in info.context.once("tools", load)


def may_edit(info: Info, thing: models.Inside) -> bool:
    return permissions.can_edit(acting(info, thing.workspace_id), thing) and not thing.is_removed


def may_remove(info: Info, thing: models.Inside) -> bool:
    return permissions.can_remove(acting(info, thing.workspace_id), thing) and not thing.is_removed
