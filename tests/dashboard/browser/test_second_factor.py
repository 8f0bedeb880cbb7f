"""An officer's first day in Chromium: a second factor is set up, and given at the next sign-in."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page

from tests.factories.people import PASSWORD, officer
from tests.support.browser import Visits, axe_violations
from tests.support.codes import code_of, fresh_code

pytestmark = pytest.mark.live
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 320)]


@pytest.fixture
def newly_appointed(transactional_db: None, django_db_serialized_rollback: None) -> str:
    login: str = officer("FR", login="lou@example.org", second_factor=False).login
    return login


def wrong_in_any_look(page: Page) -> list[str]:
    wrong = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        wrong += axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"scrolls sideways at {width}")
    return wrong


def test_from_the_password_alone_to_two_steps(newly_appointed: str, visits: Visits) -> None:
    page = visits.window(java_script_enabled=False)
    page.goto("/dashboard/queues/people/")
    type_password(page, newly_appointed)
    assert page.url.endswith("/dashboard/settings/second-factor/")
    page.get_by_role("button", name="Set up a second factor").click()
    assert page.locator(".qr svg").is_visible()
    page.fill("#code", code_of(TOTPDevice.objects.get()))
    page.get_by_role("button", name="Confirm").click()
    assert page.locator(".codes code").count() == 10
    page.get_by_role("link", name="I have kept them").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Today"
    page.get_by_role("button", name="Sign out").click()
    type_password(page, newly_appointed)
    page.fill("#code", fresh_code(newly_appointed))
    page.get_by_role("button", name="Sign in").click()
    assert page.url.endswith("/dashboard/")


def test_each_step_is_accessible(newly_appointed: str, visits: Visits) -> None:
    page, found = visits.window(), {}
    page.goto("/dashboard/")
    type_password(page, newly_appointed)
    found["nothing yet"] = wrong_in_any_look(page)
    page.get_by_role("button", name="Set up a second factor").click()
    found["picture"] = wrong_in_any_look(page)
    page.fill("#code", "000000")
    page.get_by_role("button", name="Confirm").click()
    found["wrong code"] = wrong_in_any_look(page)
    page.fill("#code", code_of(TOTPDevice.objects.get()))
    page.get_by_role("button", name="Confirm").click()
    found["recovery codes"] = wrong_in_any_look(page)
    page.goto("/dashboard/settings/second-factor/")
    found["set up"] = wrong_in_any_look(page)
    page.get_by_role("button", name="Sign out").click()
    type_password(page, newly_appointed)
    found["code"] = wrong_in_any_look(page)
    assert found == {step: [] for step in found}


def type_password(page: Page, login: str) -> None:
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
