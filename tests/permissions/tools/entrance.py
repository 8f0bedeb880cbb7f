"""What is open to everybody: registering, signing in and out, and lost passwords."""

from typing import Any

from backend.accounts.letters import reset_token
from backend.accounts.models import PersonState
from backend.accounts.registration import confirmation_token
from tests.factories.people import PASSWORD, PersonFactory
from tests.permissions.world import NO, OK, Row, World, all_but

ALL = all_but(OK, visitor=OK)
NEW = "a-quieter-harbour"


def unconfirmed(world: World) -> str:
    return confirmation_token(PersonFactory(country_id=world.country, state=PersonState.EMAIL_UNCONFIRMED))


def _form(world: World) -> dict[str, Any]:
    name = {"givenName": "Lou", "familyName": "Petit"}
    return {"email": "new@example.org", "password": NEW, "country": world.country, "consents": True, **name}


TABLE: dict[str, Row] = {
    "registerTeacher": (_form, ALL),
    "confirmEmail": (lambda w: {"token": unconfirmed(w)}, ALL),
    "login": (lambda w: {"login": w.outsider.login, "password": PASSWORD, "wantToken": True}, ALL),
    "login with a wrong password": (
        lambda w: {"login": w.outsider.login, "password": "a guess of mine"},
        all_but("sign_in_failed", visitor="sign_in_failed"),
    ),
    "pupilLogin": (
        lambda w: {"userName": w.pupil.login, "words": "a guess of mine", "wantToken": True},
        all_but("sign_in_failed", visitor="sign_in_failed"),
    ),
    "logout": (lambda w: {}, ALL),
    "requestPasswordReset": (lambda w: {"email": w.outsider.email}, ALL),
    "resetPassword": (lambda w: {"token": reset_token(w.outsider), "password": NEW}, ALL),
    "signOutEverywhere": (lambda w: {}, all_but(OK)),
    "setUpSecondFactor": (
        lambda w: {},
        all_but(OK, pupil=NO, pupil_elsewhere=NO)
        | dict.fromkeys(("officer FR", "viewer FR", "officer DE", "central"), "second_factor_set"),
    ),
    "confirmSecondFactor": (
        lambda w: {"challenge": "made up", "code": "000000"},
        all_but("sign_in_expired", visitor="sign_in_expired"),
    ),
}
