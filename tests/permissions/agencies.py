"""Who closes accounts, names ambassadors, appoints officers and sets policies."""

from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import appoint_officer
from backend.agencies.invitations import invitation_token
from backend.agencies.models import Agency, Officer
from tests.factories.people import officer, teacher
from tests.permissions.world import HIDDEN, NO, OK, PERSON, Row, World, all_but
from tests.support.api import gid

NEW: dict[str, Any] = {"email": "new@agency.example", "givenName": "Lou", "familyName": "Petit"}
LEADS = all_but(NO, central=OK)  # of the roles tried here none is a lead but the one of the row


def revoked() -> Person:
    return teacher("FR", state=PersonState.REVOKED)


def agency() -> Agency:
    return Agency.objects.get(country="FR")


def colleague() -> Officer:
    appointed: Officer = officer("FR").officer
    return appointed


def protected(world: World) -> Person:
    """A teacher with a second factor."""
    person = world.people["outsider"]
    assert person
    TOTPDevice.objects.create(user=person)
    return person


def promoted(world: World) -> dict[str, Any]:
    """The officer of the row leads France now."""
    mine = world.people["officer FR"]
    Officer.objects.filter(person=mine).update(role="LEAD")
    return {"agencyId": gid(agency()), "role": "OFFICER", **NEW, "reason": "why"}


def invitation() -> str:
    boss = officer("FR", role="LEAD")
    given = {"email": "new@agency.example", "given_name": "Lou", "family_name": "Petit"}
    return invitation_token(appoint_officer(agency(), actor=boss, role="OFFICER", **given).person)


TABLE: dict[str, Row] = {
    "revokeTeacher": (
        lambda w: {"teacherId": gid(w.people["outsider"]), "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "restoreTeacher": (lambda w: {"teacherId": gid(revoked()), "reason": "why"}, PERSON),
    "nameAmbassador": (
        lambda w: {"personId": gid(w.people["outsider"]), "isAmbassador": True, "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "setPolicy": (lambda w: {"country": "FR", "targetWorkingDays": 9, "reason": "why"}, LEADS),
    "setLabelPolicy": (lambda w: {"country": "FR", "assessors": 2, "reason": "why"}, LEADS),
    "editAgency": (lambda w: {"agencyId": gid(agency()), "name": "New", "reason": "why"}, LEADS),
    "appointOfficer": (
        lambda w: {"agencyId": gid(agency()), "role": "OFFICER", **NEW, "reason": "why"},
        LEADS,
    ),
    "appointOfficer as a lead": (promoted, LEADS | {"officer FR": OK}),
    "changeOfficer": (
        lambda w: {"officerId": gid(colleague()), "role": "LEAD", "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "changeOfficer oneself": (
        lambda w: {"officerId": gid(w.people["officer FR"].officer), "role": "LEAD", "reason": "why"},  # type: ignore[union-attr]
        all_but(HIDDEN, officer_FR=NO, central=OK),
    ),
    "dismissOfficer": (
        lambda w: {"officerId": gid(colleague()), "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "resetSecondFactor": (
        lambda w: {"of": {"officerId": gid(colleague())}, "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "resetSecondFactor of a teacher": (
        lambda w: {"of": {"personId": gid(protected(w))}, "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "acceptAppointment": (
        lambda w: {"token": invitation(), "password": "mer-bleue-et-vent"},
        all_but(OK, visitor=OK),
    ),
}
