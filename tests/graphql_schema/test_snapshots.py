"""A snapshot and the events after its cursor give what a fresh snapshot gives, whatever happens in a workspace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.accounts.models import Person
from backend.projects.actions.drafting import edit_project
from backend.projects.actions.partners import answer_invitation, invite_partner, leave_project
from backend.workspaces.actions import discussions, files, members, updates
from backend.workspaces.models import Workspace
from graphql_schema.mutations.workspaces import WorkspacesMutation
from tests.factories.people import teacher
from tests.factories.projects import contacts, workspace
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

FIELDS = """
fragment M on WorkspaceMembership { __typename id role leftAt userName person { name } }
fragment P on Post { __typename id text isRemoved version editedAt viewerCanEdit author { name } }
fragment T on Thread { __typename id title posts(first: 100) { edges { node { ...P } } } }
fragment D on Discussion { __typename id title description isClosed threads(first: 100) { edges { node { ...T } } } }
fragment U on Update { __typename id text author { name } }
fragment F on File { __typename id name caption size isRemoved url }
fragment W on Workspace { __typename id project { title summary } }
"""
SNAPSHOT = (
    FIELDS
    + """query($id: ID!) { workspace(id: $id) { cursor ...W
  members(first: 100) { edges { node { ...M } } } discussions(first: 100) { edges { node { ...D } } }
  updates(first: 100) { edges { node { ...U } } } files(first: 100) { edges { node { ...F } } } } }"""
)
EVENTS = (
    FIELDS
    + """query($id: ID!, $after: String) { workspaceEvents(workspaceId: $id, after: $after) {
  resync { reason } events { kind subject { ...M ...P ...T ...D ...U ...F ...W } } } }"""
)

Cache = dict[str, dict[str, Any]]


def keep(cache: Cache, value: Any) -> None:
    """A client's normalised cache: each thing once, under its id; what is gone is dropped."""
    if isinstance(value, list):
        for each in value:
            keep(cache, each)
    elif isinstance(value, dict):
        for each in value.values():
            keep(cache, each)
        if "id" in value:
            is_gone = value.get("leftAt") or (value["__typename"] == "File" and value["isRemoved"])
            flat = {k: v for k, v in value.items() if not (isinstance(v, dict) and "edges" in v) and k != "cursor"}
            nested = {"discussions", "updates", "files", "members"}
            if is_gone:
                cache.pop(value["id"], None)
            else:
                cache[value["id"]] = {k: v for k, v in flat.items() if k not in nested}


class Scene:
    """A workspace where everything is there once."""

    def __init__(self) -> None:
        self.room: Workspace = workspace()
        self.founder, self.other = (m.person for m in self.room.project.founders)
        self.pupil = members.add_pupils(self.room, actor=self.founder, given_names=["Lina"])[0].membership
        self.discussion = discussions.open_discussion(self.room, actor=self.founder, title="Rivers")
        self.thread = discussions.start_thread(self.discussion, actor=self.founder, title="Hello", text="Who?")
        self.post = discussions.add_post(self.thread, actor=self.founder, text="Me")
        self.update = updates.post_update(self.room, actor=self.founder, text="News")
        self.file = files.upload_file(self.room, actor=self.founder, upload=pdf())
        self.guest = teacher("ES")
        contacts(self.founder, self.guest)
        self.invitation = invite_partner(self.room.project, actor=self.founder, person=self.guest)


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


def leave(scene: Scene) -> None:
    answer_invitation(scene.invitation, actor=scene.guest, accepts=True)
    leave_project(scene.room.project, actor=scene.guest)


WHAT_HAPPENS: dict[str, Callable[[Scene], object]] = {
    "addPupils": lambda s: members.add_pupils(s.room, actor=s.founder, given_names=["Zoe", "Max"]),
    "resetPupilPassword": lambda s: members.reset_pupil_password(s.pupil, actor=s.founder),
    "openDiscussion": lambda s: discussions.open_discussion(s.room, actor=s.founder, title="Lakes"),
    "startThread": lambda s: discussions.start_thread(s.discussion, actor=s.other, title="New", text="First"),
    "addPost": lambda s: discussions.add_post(s.thread, actor=s.pupil.person, text="Me too"),
    "editPost": lambda s: discussions.edit_post(s.post, actor=s.founder, text="Not me", expected_version=1),
    "removePost": lambda s: discussions.remove_post(s.post, actor=s.other),
    "postUpdate": lambda s: updates.post_update(s.room, actor=s.other, text="More"),
    "uploadFile": lambda s: files.upload_file(s.room, actor=s.pupil.person, upload=pdf(), caption="Ours"),
    "removeFile": lambda s: files.remove_file(s.file, actor=s.other),
    "answerInvitation": lambda s: answer_invitation(s.invitation, actor=s.guest, accepts=True),
    "leaveProject": leave,
    "editProject": lambda s: edit_project(
        s.room.project, actor=s.other, expected_version=s.room.project.version, title="Rivers and lakes"
    ),
}
SILENT = {"setPresence"}  # a signal that touches nothing


def test_every_mutation_of_workspaces_is_walked() -> None:
    fields = WorkspacesMutation.__strawberry_definition__.fields  # type: ignore[attr-defined]
    names = {to_camel(field.python_name) for field in fields}
    assert names - SILENT <= set(WHAT_HAPPENS)


def to_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


@pytest.mark.parametrize("mutation", list(WHAT_HAPPENS))
def test_snapshot_and_events_equal_a_fresh_snapshot(mutation: str) -> None:
    scene = Scene()

    def snapshot(person: Person) -> tuple[str, Cache]:
        read = Api(person).ask(SNAPSHOT, id=gid(scene.room))["workspace"]
        cache: Cache = {}
        keep(cache, read)
        return read["cursor"], cache

    readers = [scene.founder, scene.other, scene.pupil.person]
    before = [snapshot(reader) for reader in readers]
    WHAT_HAPPENS[mutation](scene)
    if mutation == "resetPupilPassword":
        readers[2].refresh_from_db()  # signed out by it; signs in with the new words
    for reader, (cursor, cache) in zip(readers, before, strict=True):
        was = dict(cache)
        answer = Api(reader).ask(EVENTS, id=gid(scene.room), after=cursor)["workspaceEvents"]
        assert answer["resync"] is None
        assert answer["events"], "what happens in a workspace is in its stream"
        for event in answer["events"]:
            keep(cache, event["subject"])
        fresh = snapshot(reader)[1]
        assert cache == fresh
        assert mutation in ("resetPupilPassword", "leaveProject") or fresh != was
