"""The page to try documents on: only where the settings say so, and without anything from elsewhere."""

import json
from typing import Any

import pytest
from django.test import Client

from backend.accounts.sign_in import issue_token
from tests.factories.people import teacher
from tests.support.browser import Visits, axe_violations, chromium, visits

__all__ = ["chromium", "visits"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "is_on", "status"),
    [
        (BROWSER, True, 200),
        (BROWSER, False, 400),
        ("*/*", True, 400),
        ("application/json", True, 400),
        ("text/html", False, 400),
    ],
)
def test_who_gets_it(settings: Any, accept: str, is_on: bool, status: int) -> None:
    settings.GRAPHQL_CONSOLE = is_on
    answer = Client().get("/graphql", headers={"Accept": accept})
    assert answer.status_code == status
    assert ("<h1>" in answer.content.decode()) == (status == 200)
    if status == 200:
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.django_db
def test_a_document_in_the_address_is_answered_as_ever(settings: Any) -> None:
    settings.GRAPHQL_CONSOLE = True
    answer = Client().get("/graphql?query={__typename}", headers={"Accept": BROWSER})
    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.live
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_in_a_browser(visits: Visits) -> None:
    somebody = teacher("FR", given_name="Agathe")
    page = visits.window()
    page.goto("/graphql")
    page.get_by_text("mutation login(").first.wait_for()
    page.fill("#filter", "registerTeacher")
    assert page.locator("#schema dt:visible").count() == 1
    page.click("button")
    page.locator("#answer", has_text='"FR"').wait_for()
    assert page.locator("#status").inner_text().startswith("200 · ")
    page.fill("#token", issue_token(somebody))
    page.fill("#query", "query($first: Int!) { viewer { login } schools(first: $first) { totalCount } }")
    page.fill("#variables", json.dumps({"first": 1}))
    page.locator("#query").press("Control+Enter")
    page.locator("#answer", has_text=somebody.login).wait_for()
    assert axe_violations(page) == []
