"""Texts that somebody else changed meanwhile: each mutation that then answers both, sent by everybody."""

from typing import Any

from tests.canary.answers.tries import Given

OLD = {"expectedVersion": 99}
ABOUT = {"text": "Mine"}


def _of(field: str, kind: str, place: str, **more: Any) -> Given:
    return lambda by: {field: by.id(kind, place), **OLD, **more}


def _in_each(mutation: str, field: str, kind: str, **more: Any) -> dict[str, Given]:
    """In A for all and for staff, and in B."""
    return {f"{mutation} {place}": _of(field, kind, place, **more) for place in ("A", "A staff", "B")}


CONFLICTS: dict[str, Given] = {
    "updateProfile own": lambda by: {**OLD, "interests": "Mine"},
    "editSchool FR1": _of("schoolId", "School", "FR1", presentation="Mine", reason="why"),
    "editAgency FR": _of("agencyId", "Agency", "FR", name="Mine", reason="why"),
    "editAnnouncement by teacher_in": _of("announcementId", "Announcement", "by teacher_in", text=ABOUT),
    "editProject A draft": _of("projectId", "Project", "A draft", text={"aims": "Mine"}),
    "editProject B draft": _of("projectId", "Project", "B draft", text={"aims": "Mine"}),
    **_in_each("editDiscussion", "discussionId", "Discussion", title="Mine"),
    **_in_each("renameThread", "threadId", "Thread", title="Mine"),
    **_in_each("editPost", "postId", "Post", text="Mine"),
    **_in_each("editUpdate", "updateId", "Update", text="Mine"),
    **_in_each("changeMaterial", "fileId", "File", name="Mine"),
    **_in_each("editPage", "pageId", "Page", text="Mine"),
    **_in_each("editMeeting", "meetingId", "Meeting", title="Mine"),
    "editActivity A": _of("activityId", "Activity", "A", title="Mine"),
    "editActivity B": _of("activityId", "Activity", "B", title="Mine"),
    "editHome A": _of("workspaceId", "Workspace", "A", description="Mine"),
    "editHome B": _of("workspaceId", "Workspace", "B", description="Mine"),
    "saveLabelDraft A": _of("projectId", "Project", "A", evidenceIds=[]),
    "submitLabelDraft A": _of("draftId", "LabelDraft", "A"),
    "editLibraryEntry draft of officer_own": _of(
        "entryId", "LibraryEntry", "draft of officer_own", language="EN", words={"title": "Mine"}
    ),
    "editMailing of FR": _of(
        "mailingId", "Mailing", "of FR", criteria={}, words=[{"language": "EN", "subject": "Mine", "body": "Come"}]
    ),
    "writeReadyText FR": lambda by: {
        "agencyId": by.id("Agency", "FR"), "readyTextId": by.id("ReadyText", "FR"), **OLD,
        "use": "PERSON_REJECTED", "language": "EN", "title": "Mine", "text": "Mine",
    },
}  # fmt: skip
