"""Which language and time zone a request gets."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.people import officer

pytestmark = pytest.mark.django_db
SIGN_IN = "/dashboard/sign-in/"


@pytest.mark.parametrize(
    ("accepts", "language"), [("", "en"), ("fr-BE,fr;q=0.9", "fr"), ("pl,fr;q=0.5", "fr"), ("tlh", "en")]
)
def test_a_visitor_gets_the_browsers(client: Client, accepts: str, language: str) -> None:
    answer = client.get(SIGN_IN, headers={"accept-language": accepts})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language


def test_a_person_gets_the_own_language(client: Client) -> None:
    client.force_login(officer("FR", language="fr"))
    assert '<html lang="fr">' in client.get("/dashboard/", headers={"accept-language": "en"}).text


def test_a_language_without_translation_falls_back(client: Client) -> None:
    client.force_login(officer("PL", language="pl"))
    assert '<html lang="en">' in client.get("/dashboard/").text


def test_the_choice_in_this_browser_goes_first(client: Client) -> None:
    client.force_login(officer("FR", language="fr"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en">' in client.get("/dashboard/").text
