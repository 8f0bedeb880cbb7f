"""The dashboard opens with a password and a code, and to nobody who has set up none."""

import re

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from backend.accounts.models import Person, RecoveryCode
from backend.accounts.second_factor import device_of, new_recovery_codes
from tests.factories.people import PASSWORD, officer
from tests.support.codes import code_of, fresh_code

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/dashboard/sign-in/", "/dashboard/sign-in/code/"
PAGE = "/dashboard/settings/second-factor/"
WRONG = "This code is not right."


@pytest.fixture
def lou() -> Person:
    return officer("FR", login="lou@example.org")


@pytest.fixture
def without() -> Person:
    return officer("FR", login="lou@example.org", second_factor=False)


def challenged(client: Client) -> str:
    answer = client.post(SIGN_IN, {"login": "lou@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    challenge: str = answer.context["challenge"]
    return challenge


def test_a_code_is_good_once(client: Client, lou: Person) -> None:
    given = {"challenge": challenged(client), "code": fresh_code(lou.login)}
    assert client.post(CODE, given).status_code == 302
    client.post("/dashboard/sign-out/")
    answer = client.post(CODE, {**given, "challenge": challenged(client)})
    assert (answer.status_code, WRONG in answer.text) == (422, True)
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_is_good_once(client: Client, lou: Person) -> None:
    codes = new_recovery_codes(lou)
    given = {"challenge": challenged(client), "code": codes[0].upper()}
    assert client.post(CODE, given).status_code == 302
    assert client.post(CODE, given).status_code == 422
    assert RecoveryCode.objects.filter(person=lou).count() == 9


def test_a_challenge_is_not_enough(client: Client, lou: Person) -> None:
    challenge = challenged(client)
    for code in ("000000", "", "aaaaa-aaaaa"):
        assert client.post(CODE, {"challenge": challenge, "code": code}).status_code == 422
    answer = client.post(CODE, {"challenge": "forged", "code": fresh_code(lou.login)})
    assert "This took too long." in answer.text
    assert "_auth_user_id" not in client.session


def test_without_one_an_officer_only_sets_one_up(client: Client, without: Person) -> None:
    answer = client.post(SIGN_IN, {"login": without.login, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/dashboard/", 302), (PAGE, 302)]
    for page in ("queues/people/", "queues/projects/", "partnerships/", "settings/second-factor/recovery-codes/"):
        answer = client.post(f"/dashboard/{page}") if page.endswith("codes/") else client.get(f"/dashboard/{page}")
        assert (answer.status_code, answer["Location"]) == (302, PAGE), page


def test_setting_one_up(client: Client, without: Person) -> None:
    client.force_login(without)
    assert client.post(PAGE + "set-up/")["Location"] == PAGE
    device = TOTPDevice.objects.get(user=without)
    page = client.get(PAGE).text
    assert "<svg" in page
    assert device_of(without) is None
    assert client.post(PAGE + "activate/", {"code": "000000"}).status_code == 422
    answer = client.post(PAGE + "activate/", {"code": code_of(device)})
    shown = re.findall(r"<code>(\w{5}-\w{5})</code>", answer.text)
    assert len(set(shown)) == 10
    assert device_of(without) == device
    assert client.get("/dashboard/").status_code == 200
    assert "10 recovery codes are left" in client.get(PAGE).text


def test_another_telephone(client: Client, lou: Person) -> None:
    client.force_login(lou)
    assert client.post(PAGE + "remove/", {"code": "000000"}).status_code == 422
    assert client.post(PAGE + "remove/", {"code": fresh_code(lou.login)})["Location"] == SIGN_IN
    assert client.get("/dashboard/")["Location"] == SIGN_IN + "?next=/dashboard/"
    assert device_of(lou) is None


def test_new_recovery_codes_end_the_old(client: Client, lou: Person) -> None:
    client.force_login(lou)
    old = new_recovery_codes(lou)
    answer = client.post(PAGE + "recovery-codes/", {"code": fresh_code(lou.login)})
    assert answer.status_code == 200
    assert not set(old) & set(re.findall(r"<code>(\w{5}-\w{5})</code>", answer.text))


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    for page in ("", "set-up/", "activate/", "recovery-codes/", "remove/"):
        answer = client.get(PAGE) if not page else client.post(PAGE + page)
        assert answer["Location"].startswith(SIGN_IN), page
