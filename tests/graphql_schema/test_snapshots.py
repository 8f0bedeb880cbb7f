"""A snapshot and the events after its cursor give what a fresh snapshot gives, whatever happens in a workspace."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine

from backend.accounts.models import Person
from backend.core import clock
from backend.projects.actions.drafting import edit_project
from backend.projects.actions.partners import answer_invitation, leave_project
from backend.workspaces.actions import chat, discussions, files, folders, home, members, pages, plan, roles, updates
from backend.workspaces.output.chat_log import export_chat_log
from backend.workspaces.uploads.links import LIFE
from graphql_schema.mutations.workspaces.everything import WorkspacesMutation
from tests.factories.scene import Scene, pdf
from tests.support.api import Api, gid

pytestmark = pytest.mark.django_db

FIELDS = """
fragment M on WorkspaceMembership { __typename id role leftAt expiresAt userName person { name } consents { kind isGiven } }
fragment P on Post { __typename id text isRemoved version editedAt viewerCanEdit author { name } }
fragment T on Thread { __typename id title version viewerCanRename posts(first: 100) { edges { node { ...P } } } }
fragment D on Discussion { __typename id title description version isClosed audience threads(first: 100) { edges { node { ...T } } } }
fragment U on Update { __typename id text version editedAt viewerCanEdit audience isRemoved author { name } }
fragment F on File { __typename id name caption size isRemoved url audience licence source folder { id } shows { id } }
fragment O on Folder { __typename id name audience isOpenToPupils isRemoved parent { id } }
fragment G on Page { __typename id title text isDraft audience editors position version archivedAt isRemoved viewerCanEdit }
fragment A on Activity { __typename id title text who startsOn version completedAt isRemoved }
fragment E on Meeting { __typename id title startsAt endsAt version link audience isCancelled }
fragment C on ChatRoom { __typename id title closedAt opensAt closesAt isInHours isSupervised viewerCanSend messages(first: 100) { edges { node { ...S } } } }
fragment S on ChatMessage { __typename id text isRemoved author { name } }
fragment W on Workspace { __typename id description isPublic version isOpen image { id } project { title summary } }
"""
LISTS = {
    "members": "M", "discussions": "D", "updates": "U", "files": "F", "folders": "O", "pages": "G", "activities": "A",
    "meetings": "E", "chatRooms": "C",
}  # fmt: skip
SNAPSHOT = (
    FIELDS
    + "query($id: ID!) { workspace(id: $id) { cursor ...W "
    + " ".join(f"{name}(first: 100) {{ edges {{ node {{ ...{fragment} }} }} }}" for name, fragment in LISTS.items())
    + " archive: pages(first: 100, archived: true) { edges { node { ...G } } } } }"
)
EVENTS = (
    FIELDS
    + """query($id: ID!, $after: String) { workspaceEvents(workspaceId: $id, after: $after) {
  resync { reason } events { kind sentence actor { name }
    subject { ...M ...P ...T ...D ...U ...F ...O ...G ...A ...E ...C ...S ...W } } } }"""
)
TOMBSTONES = {"Post", "ChatMessage"}  # a tombstone stays where it was

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
            removed = value.get("isRemoved") and value["__typename"] not in TOMBSTONES
            if value.get("leftAt") or removed or value.get("isCancelled"):
                cache.pop(value["id"], None)
            elif "__typename" in value:
                flat = {k: v for k, v in value.items() if not (isinstance(v, dict) and "edges" in v) and k != "cursor"}
                cache[value["id"]] = flat


def leave(scene: Scene) -> None:
    answer_invitation(scene.invitation, actor=scene.guest, accepts=True)
    leave_project(scene.room.project, actor=scene.guest)


WHAT_HAPPENS: dict[str, Callable[[Scene], object]] = {
    "addPupils": lambda s: members.add_pupils(s.room, actor=s.founder, given_names=["Zoe", "Max"]),
    "importPupils": lambda s: members.add_pupils(
        s.room, actor=s.founder, given_names=members.names_in_list("given_name\nZoe")
    ),
    "resetPupilPassword": lambda s: members.reset_pupil_password(s.pupil, actor=s.founder),
    "removePupil": lambda s: members.remove_pupil(s.helper, actor=s.founder),
    "setMemberRole": lambda s: roles.set_member_role(s.helper, actor=s.other, role="PUPIL"),
    "inviteGuest": lambda s: roles.invite_guest(
        s.room, actor=s.founder, person=s.visitor, until=clock.now() + timedelta(days=2)
    ),
    "removeGuest": lambda s: roles.remove_guest(
        roles.invite_guest(s.room, actor=s.founder, person=s.visitor, until=clock.now() + timedelta(days=2)),
        actor=s.founder,
    ),
    "noteConsent": lambda s: roles.note_consent(s.pupil, actor=s.founder, kind="IMAGE", is_given=True),
    "openDiscussion": lambda s: discussions.open_discussion(s.room, actor=s.founder, title="Lakes"),
    "editDiscussion": lambda s: discussions.edit_discussion(
        s.discussion, actor=s.other, expected_version=1, description="All of them"
    ),
    "renameThread": lambda s: discussions.rename_thread(s.thread, actor=s.other, title="Who?", expected_version=1),
    "editUpdate": lambda s: updates.edit_update(s.update, actor=s.founder, text="Better", expected_version=1),
    "editFolder": lambda s: folders.edit_folder(s.folder, actor=s.other, is_open_to_pupils=False),
    "editMeeting": lambda s: plan.edit_meeting(s.meeting, actor=s.other, expected_version=1, title="Soon"),
    "editChatRoom": lambda s: chat.edit_chat_room(s.chat, actor=s.other, opens_at=time(8), closes_at=time(9)),
    "closeChatRoom": lambda s: chat.close_chat_room(s.chat, actor=s.other),
    "exportChatLog": lambda s: export_chat_log(s.chat, actor=s.other),
    "closeDiscussion": lambda s: discussions.close_discussion(s.discussion, actor=s.founder),
    "startThread": lambda s: discussions.start_thread(s.discussion, actor=s.other, title="New", text="First"),
    "startThread on the board": lambda s: discussions.start_thread(s.board, actor=s.other, title="New", text="First"),
    "addPost": lambda s: discussions.add_post(s.thread, actor=s.pupil.person, text="Me too"),
    "editPost": lambda s: discussions.edit_post(s.post, actor=s.founder, text="Not me", expected_version=1),
    "removePost": lambda s: discussions.remove_post(s.post, actor=s.other),
    "postUpdate": lambda s: updates.post_update(s.room, actor=s.other, text="More"),
    "postUpdate for staff": lambda s: updates.post_update(s.room, actor=s.other, text="More", audience="STAFF"),
    "removeUpdate": lambda s: updates.remove_update(s.update, actor=s.other),
    "uploadFile": lambda s: files.upload_file(s.room, actor=s.pupil.person, upload=pdf(), caption="Ours"),
    "addMaterial": lambda s: files.add_link(s.room, actor=s.other, link="https://example.org", name="A map"),
    "changeMaterial": lambda s: files.change_file(s.file, actor=s.other, caption="Theirs", folder=s.folder),
    "removeFile": lambda s: files.remove_file(s.file, actor=s.other),
    "addFolder": lambda s: folders.add_folder(s.room, actor=s.other, name="Photos", parent=s.folder),
    "removeFolder": lambda s: folders.remove_folder(s.folder, actor=s.other),
    "writePage": lambda s: pages.write_page(s.room, actor=s.other, title="New"),
    "editPage": lambda s: pages.edit_page(s.page, actor=s.pupil.person, text="Better", expected_version=1),
    "editPage of a draft": lambda s: pages.edit_page(s.draft, actor=s.other, text="Soon", expected_version=1),
    "arrangePage": lambda s: pages.arrange_page(s.page, actor=s.other, editors="ADMINISTRATORS", position=9),
    "publishPage": lambda s: pages.publish_page(s.draft, actor=s.other),
    "archivePage": lambda s: pages.archive_page(s.page, actor=s.other),
    "removePage": lambda s: pages.remove_page(s.page, actor=s.other),
    "editHome": lambda s: home.edit_home(
        s.room, actor=s.other, expected_version=1, description="Hello", image=s.photo()
    ),
    "openHome": lambda s: home.open_home(s.room, actor=s.other, is_public=True),
    "planActivity": lambda s: plan.plan_activity(s.room, actor=s.other, title="Draw"),
    "editActivity": lambda s: plan.edit_activity(s.activity, actor=s.other, expected_version=1, who="Both"),
    "completeActivity": lambda s: plan.complete_activity(s.activity, actor=s.other),
    "removeActivity": lambda s: plan.remove_activity(s.activity, actor=s.other),
    "planMeeting": lambda s: plan.plan_meeting(s.room, actor=s.other, title="Talk", **s.times),
    "cancelMeeting": lambda s: plan.cancel_meeting(s.meeting, actor=s.other),
    "openChatRoom": lambda s: chat.open_chat_room(s.room, actor=s.other, title="Second"),
    "startChatDuty": lambda s: chat.start_chat_duty(s.chat, actor=s.other, minutes=30),
    "endChatDuty": lambda s: chat.end_chat_duty(
        chat.start_chat_duty(s.chat, actor=s.other, minutes=30), actor=s.founder
    ),
    "sendChatMessage": lambda s: chat.send_chat_message(s.chat, actor=s.other, text="Yes"),
    "removeChatMessage": lambda s: chat.remove_chat_message(s.message, actor=s.other),
    "answerInvitation": lambda s: answer_invitation(s.invitation, actor=s.guest, accepts=True),
    "leaveProject": leave,
    "editProject": lambda s: edit_project(
        s.room.project, actor=s.other, expected_version=s.room.project.version, title="Rivers and lakes"
    ),
}
UNSEEN = {
    "resetPupilPassword",
    "leaveProject",
    "removeGuest",
    "endChatDuty",
    "exportChatLog",
}  # nothing is different in the end
# what some are not shown
FOR_SOME = {"startThread on the board", "postUpdate for staff", "noteConsent", "writePage", "editPage of a draft"}
SILENT = {"setPresence", "joinMeeting"}
WITH_ALL_IN_IT = {"removeChatRoom"}  # one event for the room; a client drops its messages with it


def test_every_mutation_of_workspaces_is_walked() -> None:
    fields = WorkspacesMutation.__strawberry_definition__.fields  # type: ignore[attr-defined]
    names = {to_camel(field.python_name) for field in fields}
    assert names - SILENT - WITH_ALL_IN_IT <= set(WHAT_HAPPENS)


def to_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


@pytest.fixture(autouse=True)
def early_in_a_quarter() -> Iterator[None]:
    """Addresses of files change with the quarter of an hour: none ends between two snapshots."""
    now = clock.now()
    with time_machine.travel(now - timedelta(seconds=now.timestamp() % LIFE - 60)):
        yield


@pytest.mark.parametrize("mutation", list(WHAT_HAPPENS))
def test_snapshot_and_events_equal_a_fresh_snapshot(mutation: str) -> None:
    scene = Scene()

    def snapshot(person: Person) -> tuple[str, Cache]:
        read = Api(person).ask(SNAPSHOT, id=gid(scene.room))["workspace"]
        cache: Cache = {}
        keep(cache, read)
        return read["cursor"], cache

    readers = [scene.founder, scene.other, scene.pupil.person]
    pupil = len(readers) - 1
    before = [snapshot(reader) for reader in readers]
    WHAT_HAPPENS[mutation](scene)
    if mutation == "resetPupilPassword":
        readers[2].refresh_from_db()  # signed out by it; signs in with the new words
    for place, (reader, (cursor, cache)) in enumerate(zip(readers, before, strict=True)):
        was = dict(cache)
        answer = Api(reader).ask(EVENTS, id=gid(scene.room), after=cursor)["workspaceEvents"]
        assert answer["resync"] is None
        assert answer["events"], "what happens in a workspace is in its stream"
        for event in answer["events"]:
            keep(cache, event["subject"])
        fresh = snapshot(reader)[1]
        assert cache == fresh
        is_blind = place == pupil and mutation in FOR_SOME
        assert (fresh == was) == (mutation in UNSEEN or is_blind)
        hidden = {"kind": "workspace.hidden", "sentence": "", "actor": None, "subject": None}
        assert (hidden in answer["events"]) == is_blind
