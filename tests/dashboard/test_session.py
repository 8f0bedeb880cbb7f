"""Signing in and out, the language, and the pages for when something is wrong."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from backend.accounts.models import Person
from backend.monitoring.overview.system import absent_agencies
from tests.factories.people import PASSWORD, officer, teacher
from tests.support.api import client_of
from tests.support.codes import fresh_code

pytestmark = pytest.mark.django_db
SIGN_IN = "/dashboard/sign-in/"
CODE = "/dashboard/sign-in/code/"


def test_an_officer_signs_in_and_out(client: Client) -> None:
    person = officer("FR", login="lou@example.org", given_name="Lou", family_name="Petit")
    answer = client.post(SIGN_IN, {"login": " Lou@Example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    given = {"challenge": answer.context["challenge"], "code": fresh_code("lou@example.org")}
    answer = client.post(CODE, given, follow=True)
    assert answer.redirect_chain == [("/dashboard/", 302)]
    assert "Lou Petit" in answer.text
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get(SIGN_IN).headers["Location"] == "/dashboard/"
    assert client.post("/dashboard/sign-out/").headers["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session
    assert client.get("/dashboard/").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/dashboard/partnerships/", "/dashboard/partnerships/"),
        ("https://elsewhere.example/", "/dashboard/"),
        ("//elsewhere.example/", "/dashboard/"),
        ("", "/dashboard/"),
    ],
)
def test_where_signing_in_leads(client: Client, wanted: str, reached: str) -> None:
    officer("FR", login="lou@example.org")
    answer = client.post(SIGN_IN, {"login": "lou@example.org", "password": PASSWORD, "next": wanted})
    given = {"challenge": answer.context["challenge"], "code": fresh_code("lou@example.org")}
    answer = client.post(CODE, {**given, "next": answer.context["next"]})
    assert answer.headers["Location"] == reached


def test_a_wrong_password_keeps_the_name(client: Client) -> None:
    officer("FR", login="lou@example.org")
    answer = client.post(SIGN_IN, {"login": "lou@example.org", "password": "wrong-password"})
    assert answer.status_code == 422
    assert "This name and password do not go together." in answer.text
    assert 'value="lou@example.org"' in answer.text
    assert "wrong-password" not in answer.text


def test_guessing_is_stopped(client: Client) -> None:
    officer("FR", login="lou@example.org")
    for _ in range(5):
        client.post(SIGN_IN, {"login": "lou@example.org", "password": "wrong"})
    answer = client.post(SIGN_IN, {"login": "lou@example.org", "password": PASSWORD})
    assert "Too many attempts." in answer.text
    assert "_auth_user_id" not in client.session


def test_empty_fields_are_named(client: Client) -> None:
    answer = client.post(SIGN_IN, {})
    assert answer.status_code == 422
    assert answer.text.count('class="wrong"') == 2


def test_a_teacher_learns_whom_this_is_for(client: Client) -> None:
    teacher("FR", login="ana@example.org")
    answer = client.post(SIGN_IN, {"login": "ana@example.org", "password": PASSWORD}, follow=True)
    assert answer.status_code == 403
    assert "This part is for national support" in answer.text
    assert "Sign out" in answer.text


def test_choosing_a_language(client: Client) -> None:
    url = "/dashboard/language/"
    answer = client.post(url, {"language": "fr", "next": SIGN_IN})
    assert answer.headers["Location"] == SIGN_IN
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fr"
    assert '<html lang="fr">' in client.get(SIGN_IN).text
    assert "Set-Cookie" not in client.post(url, {"language": "tlh"}).headers
    assert client.post(url, {"language": "fr", "next": "//elsewhere.example"}).headers["Location"] == "/dashboard/"


def test_an_unknown_address(client: Client) -> None:
    answer = client.get("/dashboard/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert "<h1>" in html
    assert "Go to Today" in html


def test_only_this_host_is_asked_for_anything(client: Client) -> None:
    answer = client.get(SIGN_IN)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for word in ("style=", "<style", "<script", "onclick", "http://", "https://"):
        assert word not in answer.text


def test_who_works_here_is_seen_to_be_here(client: Client) -> None:
    """So the central service does not take the agency for absent: by signing in, and by whatever is sent."""
    person = officer("FR", role="LEAD", login="lou@example.org")
    assert "FR" in [agency.country_id for agency in absent_agencies()]
    answer = client.post(SIGN_IN, {"login": "lou@example.org", "password": PASSWORD})
    client.post(CODE, {"challenge": answer.context["challenge"], "code": fresh_code("lou@example.org")})
    assert "FR" not in [agency.country_id for agency in absent_agencies()]
    assert "Never here" not in client.get("/dashboard/settings/officers/").text
    Person.objects.filter(pk=person.pk).update(last_active=None)
    other = client_of(person)
    other.get("/dashboard/")
    person.refresh_from_db()
    assert person.last_active is None
    other.post("/dashboard/queues/people/next/")
    person.refresh_from_db()
    assert person.last_active is not None
