"""Counters that move by themselves, and pages on which nothing else does."""

import time

import pytest
from playwright.sync_api import expect

from backend.accounts.models import Person
from tests.factories.people import newcomer, officer
from tests.support.browser import Visits

pytestmark = pytest.mark.live


@pytest.fixture
def desk(transactional_db: None, django_db_serialized_rollback: None) -> list[Person]:
    officer("FR", login="lou@example.org")
    officer("FR", login="max@example.org")
    return [newcomer("FR", given_name="Ana"), newcomer("FR", given_name="Eve")]


def test_a_counter_in_another_browser_moves_within_two_seconds(desk: list[Person], visits: Visits) -> None:
    watching, deciding = visits.window(login="lou@example.org"), visits.window(login="max@example.org")
    counter = watching.locator(".menu [data-count=people]")
    with watching.expect_event("websocket") as socket:
        watching.goto("/dashboard/queues/people/")
    socket.value.wait_for_event("framereceived", predicate=lambda frame: "deskUpdates" in str(frame))
    rows = watching.locator(".case h3").all_inner_texts()
    deciding.goto("/dashboard/queues/people/")
    deciding.locator(".case", has_text="Ana").locator("summary").click()
    deciding.locator(".case", has_text="Ana").get_by_role("button", name="Validate").click()
    deciding.wait_for_selector(".notes")
    begin = time.monotonic()
    expect(counter).to_have_text("1", timeout=2000)
    assert time.monotonic() - begin < 2
    assert watching.locator(".case h3").all_inner_texts() == rows  # nothing moves under the cursor


def test_without_javascript_there_is_a_time_and_a_link(desk: list[Person], visits: Visits) -> None:
    page = visits.window(login="lou@example.org", java_script_enabled=False)
    page.goto("/dashboard/queues/people/")
    assert page.locator(".live").inner_text().startswith("As of ")
    page.click("text=Refresh")
    page.wait_for_url("**/queues/people/")
