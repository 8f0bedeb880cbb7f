"""Signed in, and how: by whom, since when, with what."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.letters import reset_token
from backend.accounts.models import Person
from backend.accounts.permissions import CONSENT_VERSION
from backend.accounts.sign_in import issue_token
from tests.factories.people import PASSWORD, teacher
from tests.support.api import Api

pytestmark = pytest.mark.django_db
NEW = "a-quieter-harbour"
SESSIONS = "{ viewer { consentNeeded sessions { id browser isCurrent } tokens { id name scope lastUsedAt } } }"


def bearer(token: str, document: str, **variables: Any) -> Any:
    answer = Client().post(
        "/graphql",
        {"query": document, "variables": variables},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.json()["data"]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def test_sessions_are_listed_and_ended() -> None:
    person = teacher("FR")
    here, there = Api(person), Api(person)
    listed = here.ask(SESSIONS)["viewer"]["sessions"]  # type: ignore[index]
    assert sorted(each["isCurrent"] for each in listed) == [False, True]
    other = next(each["id"] for each in listed if not each["isCurrent"])
    here.do("endSession", "", sessionId=other)
    assert there.ask("{ viewer { login } }") == {"viewer": None}
    assert here.refused("endSession", sessionId=other) == ["not_found"]
    third = Api(person)
    here.do("signOutEverywhere", "", butThis=True)
    assert third.ask("{ viewer { login } }") == {"viewer": None}
    assert here.ask("{ viewer { login } }") == {"viewer": {"login": person.login}}
    here.do("signOutEverywhere", "")
    assert here.ask("{ viewer { login } }") == {"viewer": None}


def test_a_token_that_only_reads() -> None:
    person = teacher("FR")
    api = Api(person)
    fields = "... on TokenCreated { secret token { name scope } }"
    created = api.do("createToken", fields, name="Portal", days=10, scope="READ")
    assert created["token"] == {"name": "Portal", "scope": "READ"}
    document = """mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename
      ... on OperationInfo { messages { code } } } }"""
    assert bearer(created["secret"], "{ viewer { login } }") == {"viewer": {"login": person.login}}
    answer = bearer(created["secret"], document, input={"interests": "Rivers"})
    assert answer["updateProfile"]["messages"] == [{"code": "token_reads_only"}]
    full = api.do("createToken", fields, name="App", days=10)["secret"]
    assert bearer(full, document, input={"interests": "Rivers"})["updateProfile"]["__typename"] == "Person"
    tokens = api.ask(SESSIONS)["viewer"]["tokens"]  # type: ignore[index]
    assert [(each["name"], each["lastUsedAt"] is not None) for each in tokens] == [("App", True), ("Portal", True)]
    api.do("revokeToken", "", tokenId=tokens[0]["id"])
    assert [each["name"] for each in api.ask(SESSIONS)["viewer"]["tokens"]] == ["Portal"]  # type: ignore[index]
    assert Api(teacher("FR")).refused("revokeToken", tokenId=tokens[1]["id"]) == ["not_found"]


def test_a_changed_password_keeps_this_browser_only() -> None:
    person = teacher("FR")
    here, there, token = Api(person), Api(person), issue_token(person)
    assert here.refused("changePassword", currentPassword="wrong", newPassword=NEW) == ["password_wrong"]
    assert here.do("changePassword", "", currentPassword=PASSWORD, newPassword=NEW)["__typename"] == "Done"
    assert here.ask("{ viewer { login } }") == {"viewer": {"login": person.login}}
    assert there.ask("{ viewer { login } }") == {"viewer": None}
    answer = Client().post("/graphql", {"query": "{ viewer { login } }"}, content_type="application/json",
                           headers={"Authorization": f"Bearer {token}"})  # fmt: skip
    assert answer.status_code == 401


def test_reset_by_api_and_by_page() -> None:
    person = teacher("FR")
    for email in (person.email, "nobody@example.org"):
        assert Api().do("requestPasswordReset", "", email=email)["__typename"] == "Done"
    assert Api().do("resetPassword", "", token=reset_token(person), password=NEW)["__typename"] == "Done"
    person.refresh_from_db()
    client, token = Client(), reset_token(person)
    assert token in client.get("/reset-password/", {"token": token}).content.decode()
    short = client.post("/reset-password/", {"token": token, "password": "short"})
    assert (short.status_code, token in short.content.decode()) == (400, True)
    assert client.post("/reset-password/", {"token": token, "password": "third-harbour-now"}).status_code == 200
    person.refresh_from_db()
    assert person.check_password("third-harbour-now")
    for email in (person.email, "nobody@example.org"):
        assert "is on its way" in client.post("/forgotten-password/", {"email": email}).content.decode()


def test_who_has_to_consent_reads_and_does_not_write() -> None:
    person = teacher("FR", consent_version="2020-01")
    api = Api(person)
    assert api.ask(SESSIONS)["viewer"]["consentNeeded"] == CONSENT_VERSION  # type: ignore[index]
    assert api.refused("updateProfile", interests="Rivers") == ["consent_needed"]
    assert api.ask("{ teachers(first: 1) { totalCount } }") == {"teachers": {"totalCount": 0}}
    api.do("acceptConsent", "", version=CONSENT_VERSION)
    assert api.do("updateProfile", "", interests="Rivers")["__typename"] == "Person"


def test_when_somebody_was_here_last() -> None:
    person = teacher("FR")
    assert person.last_active is None
    bearer(issue_token(person), "{ viewer { login } }")
    assert Person.objects.get(pk=person.pk).last_active is not None


def test_receipts_do_not_tell_visitors_which_address_is_known() -> None:
    document = "mutation ($input: RegisterTeacherInput!) { registerTeacher(input: $input) { __typename } }"
    given = {"email": "ana@school.example", "password": "a-quiet-harbour-9", "givenName": "Ana", "familyName": "Silva"}
    for key in ("a", "b"):
        asked = {**given, "country": "FR", "consents": True, "clientMutationKey": key}
        answer = Api().post(document, {"input": asked}).json()
        assert "errors" not in answer
        assert answer["extensions"]["receipts"] == {key: {"repeated": False, "seq": {}}}
    assert Person.objects.filter(email="ana@school.example").count() == 1


def test_a_token_is_created_once_under_a_key_and_passwords_are_checked_each_time() -> None:
    person = teacher()
    api = Api(person)
    asked = {"name": "Timetable", "days": 30, "clientMutationKey": "k"}
    assert api.do("createToken", "... on TokenCreated { secret }", **asked)["secret"]
    assert api.refused("createToken", **asked) == ["already_done"]
    assert person.access_tokens.count() == 1
    wrong = {"currentPassword": "no", "newPassword": "another-quiet-harbour", "clientMutationKey": "k"}
    assert [api.refused("changePassword", **wrong) for _ in range(2)] == [["password_wrong"]] * 2
    assert api.do("changePassword", "", **wrong | {"currentPassword": PASSWORD})["__typename"] == "Done"
    assert api.do("logout", "", clientMutationKey="k")["__typename"] == "SignedOut"
