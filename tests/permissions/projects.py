"""Who may do what with projects."""

from tests.permissions.world import DECIDE, DRAFTED, FOUNDERS, HIDDEN, NO, OK, ON_OPEN, WAITS, Row, all_but
from tests.support.api import gid

TABLE: dict[str, Row] = {
    "approveProject": (lambda w: {"projectId": gid(w.pending), "side": w.country, "comment": "why"}, DECIDE),
    "requestProjectChanges": (lambda w: {"projectId": gid(w.pending), "side": w.country, "comment": "why"}, DECIDE),
    "refuseProject": (lambda w: {"projectId": gid(w.pending), "side": w.country, "comment": "why"}, DECIDE),
    "editProject": (lambda w: {"projectId": gid(w.draft), "expectedVersion": 1, "text": {"aims": "New"}}, DRAFTED),
    "submitProject": (lambda w: {"projectId": gid(w.draft)}, DRAFTED),
    "withdrawProject": (lambda w: {"projectId": gid(w.pending)}, FOUNDERS),
    "acceptProject": (lambda w: {"projectId": gid(w.sent)}, FOUNDERS | {"founder": NO}),
    "declineProject": (lambda w: {"projectId": gid(w.sent)}, FOUNDERS | {"founder": NO}),
    "invitePartner": (
        lambda w: {"projectId": gid(w.project), "personId": gid(w.candidate)},
        # the candidate is invited already: who may invite gets that far
        ON_OPEN
        | {"founder": "already_in_project", "other": "not_contacts", "pupil": HIDDEN}
        | dict.fromkeys(("officer FR", "viewer FR"), NO),
    ),
    "leaveProject": (lambda w: {"projectId": gid(w.project)}, ON_OPEN | {"founder": NO, "other": NO}),
    "answerInvitation": (
        lambda w: {"invitationId": gid(w.invitation), "accepts": True},
        # who was asked is told to those who are in the project, and to agencies
        ON_OPEN | {"founder": NO, "other": NO, "outsider": HIDDEN, "pupil": HIDDEN},
    ),
    "draftProject": (
        lambda w: {"partnerId": gid(w.candidate), "text": {"title": "New"}},
        all_but(HIDDEN, outsider="not_contacts", founder=OK, other="not_contacts")
        | {"officer FR": WAITS, "viewer FR": WAITS, "central": WAITS},
    ),
}
