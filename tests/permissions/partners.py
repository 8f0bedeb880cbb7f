"""Who may keep whom away, announce and write."""

from typing import Any

from backend.partners.actions import answer_contact, block_person, post_announcement, send_message
from backend.partners.models import ContactRequest
from tests.permissions.world import HIDDEN, NO, OK, WAITS, Row, World, all_but
from tests.support.api import gid

VALIDATED = {"outsider": OK, "founder": OK, "other": OK}


def accepted(world: World) -> ContactRequest:
    return answer_contact(world.request, actor=world.request.recipient, accepts=True)


def announced(world: World) -> Any:
    return post_announcement(actor=world.founder, title="Songs", text="Who sings?")


def written(world: World) -> Any:
    return send_message(world.other, actor=world.founder, text="Hello").conversation


# Staff who are not validated, pupils and officers post nothing; officers see teachers, so they are told why.
POST = all_but(WAITS, **VALIDATED)
# A teacher from Spain: the French officers look after a project she is invited to.
PERSON = all_but(HIDDEN, **VALIDATED, officer_FR=NO, viewer_FR=NO, central=NO)

TABLE: dict[str, Row] = {
    "withdrawContact": (
        lambda w: {"requestId": gid(ContactRequest.objects.get(sender=w.founder, recipient=w.candidate))},
        all_but(HIDDEN, founder="contact_request_answered"),
    ),
    "endContact": (
        lambda w: {"requestId": gid(ContactRequest.objects.get(sender=w.founder, recipient=w.candidate))},
        all_but(HIDDEN, founder=OK),
    ),
    "blockPerson": (lambda w: {"personId": gid(w.candidate)}, PERSON),
    "unblockPerson": (
        lambda w: {"blockId": gid(block_person(w.candidate, actor=w.founder))},
        all_but(HIDDEN, founder=OK),
    ),
    "postAnnouncement": (lambda w: {"text": {"title": "Songs", "text": "Who sings?"}}, POST),
    "editAnnouncement": (
        lambda w: {"announcementId": gid(announced(w)), "expectedVersion": 1, "text": {"title": "Choirs"}},
        all_but(HIDDEN, founder=OK, other=NO, outsider=NO),
    ),
    "closeAnnouncement": (
        lambda w: {"announcementId": gid(announced(w))},
        all_but(HIDDEN, founder=OK, other=NO, outsider=NO),
    ),
    "sendMessage to a contact": (
        lambda w: {"to": {"personId": gid(w.candidate)}, "text": "Hello"},
        all_but(HIDDEN, founder=OK, other="message_to_stranger", outsider="message_to_stranger")
        | {"officer FR": WAITS, "viewer FR": WAITS, "central": WAITS},
    ),
    "sendMessage about an announcement": (
        lambda w: {"to": {"announcementId": gid(announced(w))}, "text": "We"},
        all_but(HIDDEN, founder=NO, other=OK, outsider=OK),
    ),
    "sendMessage to a project": (
        lambda w: {"to": {"projectId": gid(w.project)}, "text": "Hello"},
        all_but(NO, newcomer=HIDDEN, pupil_elsewhere=HIDDEN, founder=OK, other=OK, officer_DE=HIDDEN),
    ),
    "markConversationRead": (
        lambda w: {"conversationId": gid(written(w))},
        all_but(HIDDEN, founder=OK, other=OK),
    ),
}
