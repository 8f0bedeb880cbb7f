"""The dashboard in Chromium: accessible in every look, by keyboard, without JavaScript, on paper, and light."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, expect

from backend.accounts.models import PersonState
from backend.projects.models import ProjectState
from tests.dashboard.browser.world import World
from tests.factories.people import newcomer
from tests.support.browser import Visits, axe_on, axe_violations

pytestmark = pytest.mark.live

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 390)]
KB = 1024
SHEET = 672  # pixels between the margins of A4
MAPS = {"/dashboard/", "/dashboard/partnerships/"}


@pytest.fixture
def world(transactional_db: None, django_db_serialized_rollback: None) -> World:
    """Made before Chromium starts: rules wake the hub, which Playwright's running loop would forbid."""
    return World()


def test_no_axe_violations_in_any_look(world: World, visits: Visits) -> None:
    found: dict[str, list[str]] = {}
    for login, paths in world.pages().items():
        page = visits.window(login=login)
        for path in paths:
            page.goto(path)
            open_all(page)
            violations = axe_on(page)
            for scheme, width in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                if wrong := violations():
                    found[f"{login} {path} {scheme} {width}"] = wrong
        page.context.close()
    assert found == {}


def test_refusals_are_accessible_too(world: World, visits: Visits) -> None:
    page = visits.window(login=world.desk.login)
    page.goto(f"/dashboard/projects/{world.waiting.pk}/")
    page.get_by_role("button", name="Refuse").click()
    assert page.locator("[role=alert]").inner_text() == "Please give a reason: the person will read it."
    assert axe_violations(page) == []
    page = visits.window()
    page.goto("/dashboard/sign-in/")
    page.fill("#login", "lou@example.org")
    page.fill("#password", "not-the-password")
    page.click("main button")
    assert page.locator("[role=alert]").inner_text() == "This name and password do not go together."
    assert axe_violations(page) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(world: World, visits: Visits, language: str) -> None:
    wide: dict[str, int] = {}
    for login, paths in world.pages().items():
        page = visits.window(login=login, viewport={"width": 320, "height": 640})
        page.context.add_cookies([{"name": "django_language", "value": language, "url": visits.server.url}])
        for path in paths:
            page.goto(path)
            assert page.locator("html").get_attribute("lang") == language
            open_all(page)
            width: int = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wide[f"{login} {path}"] = width
        page.context.close()
    assert wide == {}


def test_the_strip_of_a_phone_shows_where_one_is(world: World, visits: Visits) -> None:
    page = visits.window(login=world.desk.login, viewport={"width": 390, "height": 844})
    for path in ("", "appeals/", "statistics/", "settings/second-factor/"):
        page.goto(f"/dashboard/{path}")
        expect(page.locator(".menu [aria-current]")).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0


def test_the_keyboard_alone_reaches_a_decision(world: World, visits: Visits) -> None:
    person = world.person
    page = visits.window(login="lou@example.org")
    page.goto("/dashboard/queues/people/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    for wanted in (f"Decide: {person}", "text", f"Validate {person}"):
        tab_to(page, wanted)
        if wanted.startswith("Decide"):
            page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notes")
    person.refresh_from_db()
    assert person.state == PersonState.VALIDATED


def test_everything_works_without_javascript(world: World, visits: Visits) -> None:
    page = visits.window(login="lou@example.org", java_script_enabled=False)
    page.goto("/dashboard/queues/people/")
    row = page.locator(".case", has_text=str(world.person))
    row.locator("summary").click()
    row.locator("textarea").fill("Nobody knows you there.")
    row.get_by_role("button", name="Reject").click()
    assert page.locator(".notes").inner_text() == f"The request of {world.person} is rejected."
    page.click("nav >> text=Projects")
    page.click("text=Rivers")
    page.click("text=Approve for France")
    assert page.locator(".notes").inner_text() == "“Rivers” is approved for your side."
    world.person.refresh_from_db()
    world.waiting.refresh_from_db()
    assert (world.person.state_reason, world.waiting.state) == ("Nobody knows you there.", ProjectState.OPEN)
    page.click("text=Français")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_record_prints_without_the_frame(world: World, visits: Visits) -> None:
    page = visits.window(login=world.desk.login)
    page.goto("/dashboard/partnerships/")
    page.emulate_media(media="print")
    for part in (".band", ".menu", ".filters", ".foot"):
        assert not page.locator(part).is_visible()
    assert page.locator("table").is_visible()


def test_the_period_report_fits_a_sheet_of_a4(world: World, visits: Visits) -> None:
    page = visits.window(login=world.desk.login, viewport={"width": SHEET, "height": 980})
    page.goto("/dashboard/statistics/report/")
    page.emulate_media(media="print")
    wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.getAttribute('aria-label'))"
    assert page.locator("html").evaluate("one => one.scrollWidth") <= SHEET
    assert page.locator(".report .scrolls").evaluate_all(wide) == []  # nobody scrolls on paper
    assert page.locator(".signature").is_visible()


def test_a_full_page_is_light(world: World, visits: Visits) -> None:
    for number in range(50):
        newcomer("FR", given_name=f"Zoë {number}", family_name="Dvořák")
    page = visits.window(login=world.desk.login)
    heavy: dict[str, tuple[int, int]] = {}
    for path in world.pages()[world.desk.login]:
        sizes = weigh(page, path)
        weight, budget = sum(sizes.values()) // KB, 120 if path in MAPS else 100
        if weight > budget or len(sizes) > 8:
            heavy[path] = (weight, len(sizes))
    assert heavy == {}
    style = Path(str(finders.find("dashboard/dashboard.css")))
    assert len(gzip.compress(style.read_bytes())) <= 10 * KB
    script = Path(str(finders.find("dashboard/dashboard.js")))
    assert len(gzip.compress(script.read_bytes())) <= 10 * KB


def weigh(page: Page, url: str) -> dict[str, int]:
    """What came over the wire for a first visit, request by request."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({urls.get(event["requestId"], "?"): event["encodedDataLength"]}),
    )
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")
    session.detach()
    return sizes


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name || ''")
    return text


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"no Tab reaches {wanted}")
