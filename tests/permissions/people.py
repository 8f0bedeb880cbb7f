"""Who may do what with accounts, schools and partners."""

from backend.accounts.actions import create_token
from backend.accounts.permissions import CONSENT_VERSION
from tests.factories.people import PASSWORD, SchoolFactory
from tests.permissions.world import HIDDEN, NO, OK, PERSON, WAITS, Row, all_but
from tests.support.api import gid

OPEN_SCHOOL = all_but(NO, officer_FR=OK, central=OK)  # everybody sees it

NEW = "a-quieter-harbour"
PROTECTED = dict.fromkeys(("officer_FR", "viewer_FR", "officer_DE", "central"), "code_wrong")
REJECTED = {"rejected": NO}
ADULTS = all_but(OK, pupil=NO, pupil_elsewhere=NO)

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
        all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK) | REJECTED,
    ),
    "joinSchool": (
        lambda w: {"schoolId": gid(SchoolFactory(country_id=w.country))},
        all_but("school_not_open", newcomer=OK, outsider=OK, founder=OK, other="school_elsewhere")
        | {"rejected": "school_not_open"},
    ),
    "leaveSchool": (
        lambda w: {"schoolId": gid(w.founder.school)},
        all_but("not_member_of_school", founder="last_school"),
    ),
    "moveToCountry": (
        lambda w: {"country": "IT"},
        all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK) | REJECTED,
    ),
    "chooseSchool": (
        lambda w: {"schoolId": gid(w.founder.school)},
        all_but(WAITS, founder=OK, other="not_member_of_school", outsider="not_member_of_school"),
    ),
    "mergeSchools": (
        lambda w: {"schoolId": gid(w.school), "intoId": gid(SchoolFactory(country_id=w.country)), "reason": "why"},
        PERSON,
    ),
    "closeSchool": (lambda w: {"schoolId": gid(w.founder.school), "reason": "why"}, OPEN_SCHOOL),
    "reopenSchool": (
        lambda w: {"schoolId": gid(SchoolFactory(country_id=w.country, state="CLOSED")), "reason": "why"},
        OPEN_SCHOOL,
    ),
    "editSchool": (
        lambda w: {"schoolId": gid(w.founder.school), "expectedVersion": 1, "pupilCount": 9, "reason": "why"},
        OPEN_SCHOOL | {"founder": OK},
    ),
    "editSchool officially": (
        lambda w: {"schoolId": gid(w.founder.school), "expectedVersion": 1, "name": "New", "reason": "why"},
        OPEN_SCHOOL | {"founder": "school_official_details"},
    ),
    "updateProfile": (
        lambda w: {"interests": "New"},
        all_but(NO, newcomer=OK, outsider=OK, founder=OK, other=OK) | REJECTED,
    ),
    "answerInformation": (
        lambda w: {"answer": "Yes"},
        all_but(NO, newcomer="person_not_pending", outsider="person_not_pending")
        | {"founder": "person_not_pending", "other": "person_not_pending"}
        | REJECTED,
    ),
    "setDigest": (lambda w: {"frequency": "NEVER"}, all_but(OK)),
    "markNotificationsRead": (lambda w: {"notificationIds": []}, all_but(OK)),
    "changePassword": (lambda w: {"currentPassword": PASSWORD, "newPassword": NEW}, ADULTS),
    "changeEmail": (lambda w: {"email": "new@school.example", "currentPassword": PASSWORD}, ADULTS),
    "createToken": (lambda w: {"name": "Portal", "days": 5}, ADULTS),
    "revokeToken": (
        lambda w: {"tokenId": gid(create_token(w.founder, name="Portal", days=5)[0])},
        all_but(HIDDEN, founder=OK),
    ),
    "endSession": (lambda w: {"sessionId": "somebody else's"}, all_but(HIDDEN)),
    "removeSecondFactor": (lambda w: {"code": "000000"}, all_but("second_factor_missing", **PROTECTED)),
    "renewRecoveryCodes": (lambda w: {"code": "000000"}, all_but("second_factor_missing", **PROTECTED)),
    "activateSecondFactor": (
        lambda w: {"code": "000000"},
        all_but("second_factor_missing", pupil=NO, pupil_elsewhere=NO)
        | dict.fromkeys(("officer FR", "viewer FR", "officer DE", "central"), "second_factor_set"),
    ),
    "exportMyData": (lambda w: {}, all_but(OK, pupil=NO, pupil_elsewhere=NO)),
    "exportMyData of a pupil": (
        lambda w: {"pupilId": gid(w.pupil)},
        all_but(HIDDEN, founder=OK, other=OK, pupil=NO),
    ),
    "eraseAccount": (
        lambda w: {"password": PASSWORD, "confirms": True},
        all_but(OK, founder="projects_need_founder", other="projects_need_founder", pupil=NO, pupil_elsewhere=NO)
        | dict.fromkeys(("officer FR", "viewer FR", "officer DE", "central"), NO),
    ),
    "erasePerson": (
        lambda w: {"personId": gid(w.waiting), "reason": "why"},
        PERSON,
    ),
    "erasePerson of a pupil": (
        lambda w: {"personId": gid(w.pupil), "reason": "why"},
        all_but(HIDDEN, founder=OK, other=OK, pupil=NO),
    ),
    "acceptConsent": (
        lambda w: {"version": CONSENT_VERSION},
        all_but("consent_given"),
    ),
}
