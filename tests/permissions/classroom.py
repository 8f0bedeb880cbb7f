"""Who may do what with pages, materials, plans, chat rooms and members of workspaces."""

from datetime import timedelta
from typing import Any

from backend.core import clock
from backend.workspaces.actions import chat, discussions, files, folders, pages, plan, roles, updates
from tests.factories.projects import contacts
from tests.factories.scene import pdf
from tests.permissions.world import HIDDEN, NO, Row, World, in_room
from tests.support.api import gid

STAFF = in_room(pupil=NO)
BOARD = in_room(pupil=HIDDEN)
# the workspace has two founders: both are administrators
ADMINISTRATORS = STAFF
IN_ROOM = in_room()


def _room(world: World, **more: Any) -> dict[str, Any]:
    return {"workspaceId": gid(world.room), **more}


def _draft(world: World) -> Any:
    return pages.write_page(world.room, actor=world.founder, title="Draft", text="Soon")


def _page(world: World) -> Any:
    return pages.publish_page(_draft(world), actor=world.founder)


def _chat(world: World) -> Any:
    return chat.open_chat_room(world.room, actor=world.founder, title="Chat")


def _activity(world: World) -> Any:
    return plan.plan_activity(world.room, actor=world.founder, title="Measure")


def _times() -> dict[str, str]:
    start = clock.now() + timedelta(days=1)
    return {"startsAt": start.isoformat(), "endsAt": (start + timedelta(hours=1)).isoformat()}


def _meeting(world: World) -> Any:
    start = clock.now() + timedelta(days=1)
    link = "https://meet.example.org/1"
    return plan.plan_meeting(
        world.room, actor=world.founder, title="Talk", starts_at=start, ends_at=start + timedelta(hours=1), link=link
    )


def _guest(world: World) -> Any:
    contacts(world.founder, world.candidate)
    until = clock.now() + timedelta(days=3)
    return roles.invite_guest(world.room, actor=world.founder, person=world.candidate, until=until)


def _board(world: World) -> Any:
    return discussions.open_discussion(world.room, actor=world.founder, title="Staff room", audience="STAFF")


def _file(world: World) -> Any:
    return files.upload_file(world.room, actor=world.founder, upload=pdf())


TABLE: dict[str, Row] = {
    "importPupils": (lambda w: _room(w, list="given_name\nZoe"), STAFF),
    "removePupil": (lambda w: {"membershipId": gid(w.membership)}, STAFF),
    "setMemberRole": (lambda w: {"membershipId": gid(w.membership), "role": "PUPIL_ADMINISTRATOR"}, STAFF),
    "noteConsent": (lambda w: {"membershipId": gid(w.membership), "kind": "IMAGE", "isGiven": True}, STAFF),
    "inviteGuest": (
        lambda w: _room(w, personId=gid(w.candidate), until=(clock.now() + timedelta(days=3)).isoformat()),
        ADMINISTRATORS | {"other": "not_contacts", "pupil": HIDDEN},
    ),
    "removeGuest": (lambda w: {"membershipId": gid(_guest(w))}, ADMINISTRATORS),
    "closeDiscussion": (lambda w: {"discussionId": gid(w.discussion)}, ADMINISTRATORS),
    "startThread on the board": (
        lambda w: {"discussionId": gid(_board(w)), "title": "New", "text": "New"},
        BOARD,
    ),
    "postUpdate for staff": (lambda w: _room(w, text="New", audience="STAFF"), STAFF),
    "removeUpdate": (
        lambda w: {"updateId": gid(updates.post_update(w.room, actor=w.founder, text="News"))},
        STAFF,
    ),
    "editUpdate": (
        lambda w: {
            "updateId": gid(updates.post_update(w.room, actor=w.founder, text="News")),
            "expectedVersion": 1,
            "text": "New",
        },
        in_room(other=NO, pupil=NO),
    ),
    "editDiscussion": (
        lambda w: {"discussionId": gid(w.discussion), "expectedVersion": 1, "title": "New"},
        ADMINISTRATORS,
    ),
    "renameThread": (lambda w: {"threadId": gid(w.thread), "expectedVersion": 1, "title": "New"}, STAFF),
    "editMeeting": (lambda w: {"meetingId": gid(_meeting(w)), "expectedVersion": 1, "title": "New"}, STAFF),
    "editFolder": (
        lambda w: {"folderId": gid(folders.add_folder(w.room, actor=w.founder, name="Maps")), "name": "New"},
        STAFF,
    ),
    "editChatRoom": (lambda w: {"roomId": gid(_chat(w)), "title": "New"}, STAFF),
    "closeChatRoom": (lambda w: {"roomId": gid(_chat(w))}, STAFF),
    "removeChatRoom": (lambda w: {"roomId": gid(_chat(w))}, ADMINISTRATORS),
    "exportChatLog": (lambda w: {"roomId": gid(_chat(w))}, STAFF),
    "addMaterial": (
        lambda w: _room(w, content={"link": {"address": "https://example.org", "name": "A map"}}, licence="CC_BY"),
        IN_ROOM,
    ),
    "addMaterial as a file": (lambda w: _room(w, content={"file": pdf()}, licence="OWN"), IN_ROOM),
    "uploadFile": (lambda w: _room(w, file=pdf(), licence="OWN"), IN_ROOM),
    "changeMaterial": (lambda w: {"fileId": gid(_file(w)), "expectedVersion": 1, "name": "New"}, STAFF),
    "removeFile": (lambda w: {"fileId": gid(_file(w))}, STAFF),
    "addFolder": (lambda w: _room(w, name="Maps"), STAFF),
    "removeFolder": (
        lambda w: {"folderId": gid(folders.add_folder(w.room, actor=w.founder, name="Maps"))},
        STAFF,
    ),
    "writePage": (lambda w: _room(w, title="New"), STAFF),
    "editPage": (lambda w: {"pageId": gid(_page(w)), "expectedVersion": 1, "text": "New"}, STAFF),
    "editPage of a draft": (lambda w: {"pageId": gid(_draft(w)), "expectedVersion": 1, "text": "New"}, BOARD),
    "arrangePage": (lambda w: {"pageId": gid(_page(w)), "position": 3}, STAFF),
    "publishPage": (lambda w: {"pageId": gid(_draft(w))}, BOARD),
    "archivePage": (lambda w: {"pageId": gid(_page(w))}, STAFF),
    "removePage": (lambda w: {"pageId": gid(_page(w))}, ADMINISTRATORS),
    "editHome": (lambda w: _room(w, expectedVersion=1, description="New"), ADMINISTRATORS),
    "openHome": (lambda w: _room(w, isPublic=True), STAFF),
    "planActivity": (lambda w: _room(w, title="New"), STAFF),
    "editActivity": (lambda w: {"activityId": gid(_activity(w)), "expectedVersion": 1, "who": "All"}, STAFF),
    "completeActivity": (lambda w: {"activityId": gid(_activity(w))}, STAFF),
    "removeActivity": (lambda w: {"activityId": gid(_activity(w))}, STAFF),
    "planMeeting": (lambda w: _room(w, title="New", link="https://example.org", **_times()), STAFF),
    "cancelMeeting": (lambda w: {"meetingId": gid(_meeting(w))}, STAFF),
    "joinMeeting": (lambda w: {"meetingId": gid(_meeting(w))}, in_room(pupil="tool_not_agreed")),
    "openChatRoom": (lambda w: _room(w, title="New"), STAFF),
    "startChatDuty": (lambda w: {"roomId": gid(_chat(w)), "minutes": 30}, STAFF),
    "endChatDuty": (lambda w: {"roomId": gid(chat.start_chat_duty(_chat(w), actor=w.other, minutes=5))}, STAFF),
    "sendChatMessage": (lambda w: {"roomId": gid(_chat(w)), "text": "New"}, in_room(pupil="chat_not_supervised")),
    "removeChatMessage": (
        lambda w: {"messageId": gid(chat.send_chat_message(_chat(w), actor=w.founder, text="Hm"))},
        STAFF,
    ),
}
