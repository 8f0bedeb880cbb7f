"""Chromium as people use it: the real policy stays on, and anything odd on a page fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.factories.people import PASSWORD
from tests.support.codes import fresh_code
from tests.support.server import Server

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visits:
    """Opens windows on one server and remembers what should not have happened in them."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.odd: list[str] = []

    def window(self, *, login: str = "", **options: Any) -> Page:
        """A window of its own, signed in when a login is given."""
        context: BrowserContext = self.browser.new_context(base_url=self.server.url, **{"locale": "en-GB", **options})
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.odd.append(f"error: {error}"))
        page.on("request", self._request)
        if login:
            page.goto("/dashboard/sign-in/")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.click("main button")
            if code := fresh_code(login):
                page.fill("#code", code)
                page.click("main button")
            page.wait_for_url("**/dashboard/")
        return page

    def _console(self, message: ConsoleMessage) -> None:
        # A refused form answers 4xx on purpose; what a page itself asks for must be there.
        asked_for_by_hand = "/static/" not in message.location["url"] and message.text.startswith("Failed to load")
        if message.type in {"error", "warning"} and not asked_for_by_hand:
            self.odd.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server.url, "data:")):
            self.odd.append(f"foreign request: {request.url}")


@pytest.fixture
def chromium(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """The system's Chromium. Asks for the server first, so that it is closed before the database is emptied."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("No Chromium on PATH, and in CI the browser tests must run.")
    if found is None:
        pytest.skip("No Chromium on PATH: the browser tests need one (apt-get install chromium).")
    # Playwright's loop runs in this thread, while the test uses the database as usual.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    # Not pytest-playwright's session-wide loop: asynchronous tests run in this process too.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # beside a running loop Django opens others than the test's own


@pytest.fixture
def visits(chromium: Browser, server: Server) -> Iterator[Visits]:
    visits = Visits(chromium, server)
    yield visits
    assert visits.odd == []


def axe_violations(page: Page) -> list[str]:
    """What axe finds."""
    return axe_on(page)()


def axe_on(page: Page) -> Callable[[], list[str]]:
    """Asks axe, however the page looks by then; in a world of its own so that the page's policy need not be loosened."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": Axe().axe_script, "contextId": world})
    run = f"axe.run(document, {{runOnly: {AXE_TAGS}, resultTypes: ['violations']}}).then(r => r.violations)"

    def violations() -> list[str]:
        answer = session.send(
            "Runtime.evaluate", {"expression": run, "contextId": world, "awaitPromise": True, "returnByValue": True}
        )
        assert "exceptionDetails" not in answer, answer
        return [
            f"{found['id']}: {node['html'][:160]} {node['failureSummary']}"
            for found in answer["result"]["value"]
            for node in found["nodes"]
        ]

    return violations
