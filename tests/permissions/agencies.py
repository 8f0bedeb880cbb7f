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


def revoked(world: World) -> Person:
    return teacher(world.country, state=PersonState.REVOKED)


def agency(world: World) -> Agency:
    return Agency.objects.get(country=world.country)


def colleague(world: World) -> Officer:
    appointed: Officer = officer(world.country).officer
    return appointed


def protected(world: World) -> Person:
    """A teacher with a second factor."""
    TOTPDevice.objects.create(user=world.outsider)
    return world.outsider


def promoted(world: World) -> dict[str, Any]:
    """The officer of the row leads France now."""
    Officer.objects.filter(person=world.desk).update(role="LEAD")
    return {"agencyId": gid(agency(world)), "role": "OFFICER", **NEW, "reason": "why"}


def invitation(world: World) -> str:
    boss = officer(world.country, role="LEAD")
    given = {"email": f"new.{world.country.lower()}@agency.example", "given_name": "Lou", "family_name": "Petit"}
    return invitation_token(appoint_officer(agency(world), actor=boss, role="OFFICER", **given).person)


TABLE: dict[str, Row] = {
    "revokeTeacher": (
        lambda w: {"teacherId": gid(w.outsider), "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "restoreTeacher": (lambda w: {"teacherId": gid(revoked(w)), "reason": "why"}, PERSON),
    "nameAmbassador": (
        lambda w: {"personId": gid(w.outsider), "isAmbassador": True, "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "setPolicy": (lambda w: {"country": w.country, "targetWorkingDays": 9, "reason": "why"}, LEADS),
    "setLabelPolicy": (lambda w: {"country": w.country, "assessors": 2, "reason": "why"}, LEADS),
    "editAgency": (lambda w: {"agencyId": gid(agency(w)), "expectedVersion": 1, "name": "New", "reason": "why"}, LEADS),
    "appointOfficer": (
        lambda w: {"agencyId": gid(agency(w)), "role": "OFFICER", **NEW, "reason": "why"},
        LEADS,
    ),
    "appointOfficer as a lead": (promoted, LEADS | {"officer FR": OK}),
    "changeOfficer": (
        lambda w: {"officerId": gid(colleague(w)), "role": "LEAD", "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "changeOfficer oneself": (
        lambda w: {"officerId": gid(w.desk.officer), "role": "LEAD", "reason": "why"},
        all_but(HIDDEN, officer_FR=NO, central=OK),
    ),
    "dismissOfficer": (
        lambda w: {"officerId": gid(colleague(w)), "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "resetSecondFactor": (
        lambda w: {"of": {"officerId": gid(colleague(w))}, "reason": "why"},
        all_but(HIDDEN, central=OK),
    ),
    "resetSecondFactor of a teacher": (
        lambda w: {"of": {"personId": gid(protected(w))}, "reason": "why"},
        all_but(NO, newcomer=HIDDEN, pupil=HIDDEN, officer_FR=OK, officer_DE=HIDDEN, central=OK)
        | {"pupil elsewhere": HIDDEN},
    ),
    "acceptAppointment": (
        lambda w: {"token": invitation(w), "password": "mer-bleue-et-vent"},
        all_but(OK, visitor=OK),
    ),
}
