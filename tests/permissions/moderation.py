"""Who may report, decide, appeal, look inside, ask and answer."""

from typing import Any

from backend.accounts.models import Person
from backend.moderation.actions.reports import decide_report
from backend.moderation.actions.sanctions import appeal_decision
from backend.moderation.letters import appeal_token
from backend.moderation.models import Report
from tests.factories.moderation import help_request, report, sanction
from tests.factories.people import officer, teacher
from tests.permissions.world import HIDDEN, NO, OK, Row, World, all_but, in_room
from tests.support.api import gid


def pupils_report(world: World) -> Report:
    """The pupil reported the founder's post."""
    return report(world.post, actor=world.pupil)


def proposed_ban(world: World) -> Report:
    return decide_report(pupils_report(world), actor=officer(world.country), outcome="BAN", reason="Never")


def warned(world: World) -> Any:
    return sanction(world.founder, "WARNING")


def suspended(world: World) -> Person:
    person = teacher(world.country)
    sanction(person)
    return person


def question(world: World) -> Any:
    return help_request(actor=world.outsider)


# The founder's thing: hidden from the founder; the other teacher and the reporting pupil see that there is a report.
DECIDE = all_but(HIDDEN, other=NO, pupil=NO, officer_FR=OK, viewer_FR=NO, central=OK)

TABLE: dict[str, Row] = {
    "reportContent": (lambda w: {"subjectId": gid(w.post), "category": "SPAM", "note": "Look"}, in_room()),
    "openReport": (lambda w: {"reportId": gid(pupils_report(w)), "reason": "why"}, DECIDE | {"other": OK}),
    "decideReport": (
        lambda w: {"reportId": gid(pupils_report(w)), "outcome": "CONTENT_REMOVED", "reason": "why"},
        DECIDE,
    ),
    "confirmBan": (lambda w: {"reportId": gid(proposed_ban(w)), "reason": "why"}, DECIDE),
    "escalateReport": (
        lambda w: {"reportId": gid(pupils_report(w)), "reason": "why"},
        DECIDE | {"central": NO},
    ),
    "appealDecision": (
        lambda w: {"decisionId": gid(warned(w)), "text": "Why?"},
        all_but(HIDDEN, founder=OK, officer_FR=NO, viewer_FR=NO, central=NO),
    ),
    "appealByLink": (
        lambda w: {"token": appeal_token(sanction(w.candidate, "SUSPENSION")), "text": "Why?"},
        all_but(OK, visitor=OK),
    ),
    "decideAppeal": (
        lambda w: {
            "appealId": gid(appeal_decision(warned(w), actor=w.founder, text="Why?")),
            "upheld": True,
            "reason": "why",
        },
        all_but(HIDDEN, founder=NO, officer_FR=OK, viewer_FR=NO, central=OK),
    ),
    "liftSuspension": (
        lambda w: {"personId": gid(suspended(w)), "reason": "why"},
        all_but(HIDDEN, officer_FR=OK, viewer_FR=NO, central=OK),
    ),
    "lookInside": (
        lambda w: {"projectId": gid(w.project), "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil_elsewhere=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK),
    ),
    "askForHelp": (
        lambda w: {"topic": "TECHNICAL", "text": "How?"},
        all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK),
    ),
    "answerHelp": (
        lambda w: {"requestId": gid(question(w)), "text": "So."},
        all_but(HIDDEN, left=HIDDEN, outsider=NO, officer_FR=OK, viewer_FR=NO, central=OK),
    ),
    "replyHelp": (
        lambda w: {"requestId": gid(question(w)), "text": "And?"},
        all_but(HIDDEN, left=HIDDEN, outsider=OK, officer_FR=NO, viewer_FR=NO, central=NO),
    ),
    "closeHelp": (
        lambda w: {"requestId": gid(question(w))},
        all_but(HIDDEN, left=HIDDEN, outsider=OK, officer_FR=OK, viewer_FR=NO, central=OK),
    ),
}
