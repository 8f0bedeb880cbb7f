"""Inside a workspace: accessible in every look, on the smallest phone, without JavaScript, and gone with the page."""

import pytest

from backend.moderation.models import Look
from backend.workspaces.models import Workspace
from tests.backend.moderation.test_reports import a_post, people_of
from tests.factories.people import officer
from tests.factories.projects import workspace
from tests.support.browser import Visits, axe_violations

pytestmark = pytest.mark.live

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 390)]


@pytest.fixture
def room(transactional_db: None, django_db_serialized_rollback: None) -> Workspace:
    """Made before Chromium starts: rules wake the hub, which Playwright's running loop would forbid."""
    officer("FR", login="lou@example.org")
    room = workspace(title="Rivers")
    a_post(room, people_of(room)[2])
    return room


@pytest.mark.parametrize("script", [True, False])
def test_a_look_inside_for_a_reason(room: Workspace, visits: Visits, script: bool) -> None:
    page = visits.window(login="lou@example.org", java_script_enabled=script)
    page.goto(f"/dashboard/projects/{room.project.pk}/")
    page.get_by_role("link", name="Look inside the workspace").click()
    asked = page.url
    page.get_by_role("button", name="Look inside").click()
    assert page.locator("[role=alert]").inner_text() == "Please give a reason: the person will read it."
    page.get_by_label("Reason").fill("A parent called")
    page.get_by_role("button", name="Look inside").click()
    assert page.get_by_text("Rude words").is_visible()
    assert page.locator("[aria-current]", has_text="Projects").count() == 1
    for scheme, width in LOOKS if script else ():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == [], (scheme, width)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not script or page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto(asked)
    assert page.get_by_text("A parent called").is_visible()
    assert not page.get_by_text("Rude words").is_visible()
    assert Look.objects.count() == 1
