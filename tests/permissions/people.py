"""Who may do what with accounts, schools and partners."""

from tests.factories.people import SchoolFactory
from tests.permissions.world import HIDDEN, NO, OK, PERSON, WAITS, Row, all_but
from tests.support.api import gid

TABLE: dict[str, Row] = {
    "validateTeachers": (lambda w: {"teacherIds": [gid(w.waiting)], "reason": "why"}, PERSON | {"officer FR": "ok"}),
    "rejectTeacher": (lambda w: {"teacherId": gid(w.waiting), "reason": "why"}, PERSON),
    "requestInformation": (lambda w: {"teacherId": gid(w.waiting), "question": "why"}, PERSON),
    "validateSchool": (lambda w: {"schoolId": gid(w.school), "reason": "why"}, PERSON),
    "rejectSchool": (lambda w: {"schoolId": gid(w.school), "reason": "why"}, PERSON),
    "requestContact": (
        lambda w: {"personId": gid(w.candidate)},
        all_but(HIDDEN, outsider=OK, founder="already_contacts", other=OK, officer_DE=HIDDEN, officer_FR=WAITS)
        | {"viewer FR": WAITS, "central": WAITS},
    ),
    "answerContact": (lambda w: {"requestId": gid(w.request), "accepts": True}, all_but(HIDDEN)),
    "registerSchool": (
        lambda w: {"name": "New", "town": "Town"},
        all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK),
    ),
    "joinSchool": (
        lambda w: {"schoolId": gid(SchoolFactory(country_id="FR"))},
        all_but("school_not_open", newcomer=OK, outsider=OK, founder=OK, other="school_elsewhere"),
    ),
    "updateProfile": (lambda w: {"interests": "New"}, all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK)),
    "answerInformation": (
        lambda w: {"answer": "Yes"},
        all_but(NO, newcomer="person_not_pending", outsider="person_not_pending")
        | {"founder": "person_not_pending", "other": "person_not_pending"},
    ),
    "markNotificationsRead": (lambda w: {"notificationIds": []}, all_but(OK)),
}
