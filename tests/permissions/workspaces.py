"""Who may do what in workspaces."""

from tests.permissions.world import NO, STAFF, Row, in_room
from tests.support.api import gid

TABLE: dict[str, Row] = {
    "addPupils": (lambda w: {"workspaceId": gid(w.room), "givenNames": ["Zoe"]}, STAFF),
    "resetPupilPassword": (lambda w: {"membershipId": gid(w.membership)}, STAFF),
    "openDiscussion": (lambda w: {"workspaceId": gid(w.room), "title": "New"}, STAFF),
    "startThread": (lambda w: {"discussionId": gid(w.discussion), "title": "New", "text": "New"}, STAFF),
    "addPost": (lambda w: {"threadId": gid(w.thread), "text": "New"}, in_room()),
    "editPost": (lambda w: {"postId": gid(w.post), "expectedVersion": 1, "text": "New"}, in_room(other=NO, pupil=NO)),
    "removePost": (lambda w: {"postId": gid(w.post)}, in_room(pupil=NO)),
    "postUpdate": (lambda w: {"workspaceId": gid(w.room), "text": "New"}, STAFF),
    "setPresence": (lambda w: {"workspaceId": gid(w.room), "typingIn": gid(w.thread)}, in_room()),
}
