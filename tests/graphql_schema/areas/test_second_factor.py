"""Signing in by the API with a second factor, and what is refused without one."""

from typing import Any

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.sign_in import issue_token
from graphql_schema.schema import schema
from tests.factories.people import PASSWORD, newcomer, officer, teacher
from tests.support.api import Api, gid
from tests.support.codes import code_of, fresh_code

pytestmark = pytest.mark.django_db
OWN = "{ viewer { login oversees officerRole secondFactor { isSet isNeeded recoveryCodesLeft } } }"
SIGNED_IN = "... on SignedIn { token viewer { login } }"
ANSWER = SIGNED_IN + " ... on SecondFactorAsked { challenge seconds }"


def bearer(token: str) -> Api:
    return Api(Authorization=f"Bearer {token}")


def test_signing_in_takes_two_steps() -> None:
    desk = officer("FR")
    api = Api()
    asked = api.do("login", ANSWER, login=desk.login, password=PASSWORD, wantToken=True)
    assert (asked["__typename"], asked["seconds"]) == ("SecondFactorAsked", 300)
    assert api.refused("confirmSecondFactor", challenge=asked["challenge"], code="000000") == ["code_wrong"]
    given = {"challenge": asked["challenge"], "code": fresh_code(desk.login)}
    signed_in = api.do("confirmSecondFactor", SIGNED_IN, **given)
    assert signed_in["viewer"] == {"login": desk.login}
    assert api.refused("confirmSecondFactor", **given) == ["code_wrong"]
    assert bearer(signed_in["token"]).ask(OWN)["viewer"]["oversees"] == ["FR"]


def test_a_cookie_knows_that_the_factor_was_given() -> None:
    desk = officer("FR")
    api = Api()
    asked = api.do("login", ANSWER, login=desk.login, password=PASSWORD)
    assert api.ask("{ viewer { login } }") == {"viewer": None}
    signed_in = api.do("confirmSecondFactor", SIGNED_IN, challenge=asked["challenge"], code=fresh_code(desk.login))
    assert signed_in["token"] is None
    assert api.ask(OWN)["viewer"]["officerRole"] == "OFFICER"


def without_factor() -> Api:
    desk = officer("FR", second_factor=False)
    api = Api()
    signed_in = api.do("login", ANSWER, login=desk.login, password=PASSWORD)
    assert signed_in["viewer"] == {"login": desk.login}
    return api


def test_without_one_every_query_is_refused() -> None:
    api = without_factor()
    fields: dict[str, Any] = schema._schema.query_type.fields  # type: ignore[union-attr]
    others = set(fields) - {"viewer"}
    assert len(others) > 40
    for name in sorted(others):
        answer = api.post(f"{{ {name} {{ __typename }} }}").json()
        assert [e["extensions"]["code"] for e in answer["errors"]] == ["second_factor_needed"], name
        assert "data" not in answer or answer["data"] is None
    hidden = "query { viewer { login } ...More } fragment More on Query { ... { countries { code } } }"
    assert api.post(hidden).json()["errors"][0]["extensions"]["code"] == "second_factor_needed"
    assert api.ask(OWN)["viewer"] == {
        "login": api.ask("{ viewer { login } }")["viewer"]["login"], "oversees": [], "officerRole": None,
        "secondFactor": {"isSet": False, "isNeeded": True, "recoveryCodesLeft": 0},
    }  # fmt: skip


def test_without_one_nothing_is_decided() -> None:
    api, waiting = without_factor(), newcomer("FR")
    for mutation, given in (
        ("validateTeachers", {"teacherIds": [gid(waiting)]}),
        ("createToken", {"name": "Portal", "days": 5}),
        ("changePassword", {"currentPassword": PASSWORD, "newPassword": "another-harbour"}),
        ("removeSecondFactor", {"code": "000000"}),
        ("signOutEverywhere", {"butThis": True}),
    ):
        assert api.refused(mutation, **given) == ["second_factor_needed"], mutation
    waiting.refresh_from_db()
    assert waiting.state == "PENDING"


@pytest.mark.parametrize("by_token", [False, True])
def test_setting_one_up(by_token: bool) -> None:
    desk = officer("FR", second_factor=False)
    api = bearer(issue_token(desk)) if by_token else Api(desk)
    begun = api.ask(
        "mutation { setUpSecondFactor { ... on SecondFactorSetUp { secret uri qrCode } } }"
    )["setUpSecondFactor"]  # fmt: skip
    assert begun["uri"].startswith("otpauth://totp/eTwinning")
    assert begun["secret"].replace(" ", "") in begun["uri"]
    assert begun["qrCode"].startswith("<svg")
    assert api.refused("validateTeachers", teacherIds=[]) == ["second_factor_needed"]
    done = api.do("activateSecondFactor", "... on RecoveryCodes { codes }", code=code_of(TOTPDevice.objects.get()))
    assert len(done["codes"]) == 10
    assert api.ask(OWN)["viewer"] == {
        "login": desk.login, "oversees": ["FR"], "officerRole": "OFFICER",
        "secondFactor": {"isSet": True, "isNeeded": False, "recoveryCodesLeft": 10},
    }  # fmt: skip


def test_teachers_may_have_one() -> None:
    ana = teacher("FR")
    assert Api().do("login", ANSWER, login=ana.login, password=PASSWORD)["__typename"] == "SignedIn"
    TOTPDevice.objects.create(user=ana)
    assert Api().do("login", ANSWER, login=ana.login, password=PASSWORD)["__typename"] == "SecondFactorAsked"
