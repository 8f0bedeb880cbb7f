"""Who may do what with quality labels."""

from typing import Any

from backend.labels.actions.drafting import save_label_draft
from backend.labels.actions.european import nominate_for_european_label
from tests.factories.labels import ANSWERS, FULL, application, assessed, awarded, founder
from tests.factories.people import officer
from tests.permissions.world import HIDDEN, NO, OK, ON_OPEN, Row, World, all_but
from tests.support.api import gid

ANSWERED = [{"criterion": code, "text": text} for code, text in ANSWERS.items()]
POINTS = [{"criterion": code, "points": points} for code, points in FULL.items()]
MINE = all_but(HIDDEN, founder=OK)
ASSESSORS = all_but(HIDDEN, founder=NO, officer_FR=OK, viewer_FR=NO, central=OK)


def sent(world: World) -> dict[str, Any]:
    """The founder from France has applied."""
    return {"applicationId": gid(application(world.project))}


def ready(world: World) -> dict[str, Any]:
    """And an assessor gave points."""
    return {"applicationId": gid(assessed(application(world.project))), "feedback": "why"}


def labelled(world: World) -> dict[str, Any]:
    """Both founders have the label."""
    for position in (0, 1):
        awarded(application(world.project, applicant=founder(world.project, position)))
    return {"projectId": gid(world.project)}


def nominated(world: World) -> dict[str, Any]:
    """And France nominated the project."""
    given = labelled(world)
    nominate_for_european_label(world.project, actor=officer(world.country))
    return {**given, "reason": "why"}


def _draft(world: World) -> Any:
    return save_label_draft(world.project, actor=world.founder, answers=ANSWERS, evidence=[])


TABLE: dict[str, Row] = {
    "applyForLabel": (lambda w: {"projectId": gid(w.project), "answers": ANSWERED, "evidenceIds": []}, ON_OPEN),
    "saveLabelDraft": (lambda w: {"projectId": gid(w.project), "answers": ANSWERED[:1]}, ON_OPEN),
    "submitLabelDraft": (lambda w: {"draftId": gid(_draft(w)), "expectedVersion": 1}, MINE),
    "discardLabelDraft": (lambda w: {"draftId": gid(_draft(w))}, MINE),
    "withdrawLabelApplication": (sent, all_but(HIDDEN, founder=OK, officer_FR=NO, viewer_FR=NO, central=NO)),
    "openLabelEvidence": (sent, ASSESSORS),
    "declareConflict": (sent, ASSESSORS),
    "assessLabel": (lambda w: {**sent(w), "points": POINTS}, ASSESSORS),
    "awardLabel": (ready, ASSESSORS),
    "refuseLabel": (ready, ASSESSORS),
    "nominateForEuropeanLabel": (labelled, ON_OPEN | {"founder": NO, "other": NO, "officer FR": OK}),
    "awardEuropeanLabel": (nominated, ON_OPEN | {"founder": NO, "other": NO, "central": OK}),
}
