"""A founder's place handed over from the page, with a refusal on the way, and without JavaScript."""

import pytest

from backend.projects.models import HandOver, HandOverState
from tests.factories.people import officer
from tests.factories.projects import hand_over
from tests.support.browser import Visits, axe_violations

pytestmark = pytest.mark.live


@pytest.fixture
def asked(transactional_db: None, django_db_serialized_rollback: None) -> HandOver:
    """Made before Chromium starts: rules wake the hub, which Playwright's running loop would forbid."""
    officer("FR", login="lou@example.org")
    return hand_over()


@pytest.mark.parametrize("script", [True, False])
def test_a_place_is_handed_over_above_the_queue(asked: HandOver, visits: Visits, script: bool) -> None:
    page = visits.window(login="lou@example.org", java_script_enabled=script)
    page.goto("/dashboard/queues/projects/")
    page.locator("summary", has_text=str(asked.project)).click()
    page.get_by_role("button", name="Refuse").click()
    assert page.locator("[role=alert]").inner_text() == "Please give a reason: the person will read it."
    assert page.get_by_role("button", name="Confirm").is_visible()  # still open, and nothing is decided
    assert not script or axe_violations(page) == []
    page.get_by_role("button", name="Confirm").click()
    assert page.locator(".notes").inner_text() == f"“{asked.project}” is handed over."
    asked.refresh_from_db()
    assert asked.state == HandOverState.CONFIRMED
