"""Who takes and gives cases, and reminds the other office."""

from typing import Any

from backend.desk.actions import assign_case
from backend.desk.cases import Case
from backend.desk.models import Queue
from tests.factories.people import officer
from tests.permissions.world import DECIDE, HIDDEN, NO, OK, Row, World, all_but
from tests.support.api import gid

CASE = all_but(HIDDEN, officer_FR=OK, viewer_FR=NO, central=OK)


def taken(w: World) -> dict[str, Any]:
    desk = officer(w.country)
    assign_case(Case(Queue.PEOPLE, w.waiting), actor=desk, officer=desk)
    return {"queue": "PEOPLE", "caseId": gid(w.waiting)}


TABLE: dict[str, Row] = {
    "assignCase": (lambda w: {"queue": "PEOPLE", "caseId": gid(w.waiting)}, CASE),
    "assignCase to a colleague": (
        lambda w: {"queue": "PEOPLE", "caseId": gid(w.waiting), "officerId": gid(officer(w.country).officer)},
        all_but(HIDDEN, officer_FR=OK, viewer_FR=NO),
    ),
    "assignCase to an officer of another country": (
        lambda w: {"queue": "PEOPLE", "caseId": gid(w.waiting), "officerId": gid(officer("IT").officer)},
        all_but(HIDDEN),
    ),
    "releaseCase": (taken, CASE),
    "nudgeAgency": (lambda w: {"projectId": gid(w.pending), "country": "PL"}, DECIDE),
}
