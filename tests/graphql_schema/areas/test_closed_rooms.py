"""A workspace that is only read has no buttons, and says so beforehand."""

from typing import Any

import pytest

from backend.projects.actions.ending import close_project
from tests.factories.scene import Scene
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db
FLAGS = """
query ($ids: [ID!]!) { nodes(ids: $ids) { __typename
  ... on Thread { viewerCanRename }
  ... on Post { viewerCanEdit viewerCanRemove }
  ... on Discussion { viewerCanEdit viewerCanClose }
  ... on Update { viewerCanEdit viewerCanRemove }
  ... on File { viewerCanRemove }
  ... on Page { viewerCanEdit viewerCanRemove }
  ... on Activity { viewerCanEdit }
  ... on Meeting { viewerCanEdit viewerCanCancel }
  ... on ChatRoom { viewerCanSend viewerCanClose viewerCanRemove viewerCanExport }
  ... on ChatMessage { viewerCanRemove }
  ... on WorkspaceMembership { viewerCanSetRole viewerCanRemove }
} }
"""


def flags(scene: Scene) -> dict[str, bool]:
    things = (
        scene.thread, scene.post, scene.discussion, scene.update, scene.file, scene.page, scene.activity, scene.meeting,
        scene.chat, scene.message, scene.pupil,
    )  # fmt: skip
    found: list[dict[str, Any]] = Api(scene.founder).ask(FLAGS, ids=[gid(thing) for thing in things])["nodes"]
    return {f"{one['__typename']}.{name}": may for one in found for name, may in one.items() if name != "__typename"}


def test_who_may_no_longer_change_anything_is_told_so() -> None:
    scene = Scene()
    before = flags(scene)
    assert len(before) == 20
    assert all(before.values()), before
    close_project(scene.room.project, actor=scene.founder)
    assert [name for name, may in flags(scene).items() if may] == ["ChatRoom.viewerCanExport"]
