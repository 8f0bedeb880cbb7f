"""Takes pictures of every page of the dashboard from a running demo, light and dark, wide and on a phone."""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DEMO_PASSWORD = "welcome-to-etwinning"  # noqa: S105 (the demo prints it)
ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
COLOURS = 128  # enough for flat colours and smooth type; a third of the bytes
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOOKS = {"light": WIDE, "dark": WIDE, "phone-light": PHONE, "phone-dark": PHONE}
KEYS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2}-[A-Z]{2}|(?<=/)[A-Z]{2}(?=/)")
# Links of the map are SVG's, which know no pathname.
LINKS = "all => all.map(a => new URL(a.getAttribute('href'), location).pathname)"
# Records in a state of their own, by the pages that lead there.
LED_TO = {
    "projects-left": ("audit-trail/?kind=project.founder_lost", "tbody a"),
    "people-suspended": ("appeals/", ".case a", "main a[href*='/people/']"),
}
# The README's few, by the name that a page gets below.
SHOWN = {"dashboard": "today", "queues-people": "people", "projects-x": "project", "partnerships": "partnerships"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="where the demo runs")
    parser.add_argument("--login", default="officer.fr@agency.example", help="who signs in; an officer of the demo")
    parser.add_argument("--password", default=DEMO_PASSWORD)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "screenshots")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pages: dict[str, str] = {}
        cookies: list[Any] = []
        for look in LOOKS:
            with window(browser, given.url, look, cookies) as page:
                if not cookies:
                    sign_in(page, given)
                    cookies = list(page.context.cookies())
                    pages = dict(walk(page))
                take(page, pages, look, given.out)
        browser.close()


def take(page: Page, pages: dict[str, str], look: str, out: Path) -> None:
    for name, path in pages.items():
        page.goto(path)
        save(page, out / look / f"{name}.png", whole=True)
        if name.endswith("-inside"):
            look_inside(page)
            save(page, out / look / f"{name}-opened.png", whole=True)
        if look == "light" and name in SHOWN:
            save(page, IMAGES / f"{SHOWN[name]}.png")
        if look == "phone-dark" and name == "queues-people":
            save(page, IMAGES / "phone-dark.png")


def walk(page: Page) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, one of each kind."""
    states = {led_to(page, *way): name for name, way in LED_TO.items()}
    waiting, known = ["/dashboard/", *states], set()
    while waiting:
        path = waiting.pop(0)
        name = states.get(path, KEYS.sub("x", path).strip("/").removeprefix("dashboard/").replace("/", "-"))
        if name in known or "." in path.rsplit("/", 1)[-1]:
            continue
        known.add(name)
        page.goto(path)
        yield name, path
        links = page.eval_on_selector_all("a[href]", LINKS)
        waiting += [link for link in links if link.startswith("/dashboard/")]


def led_to(page: Page, begin: str, *links: str) -> str:
    page.goto(f"/dashboard/{begin}")
    for link in links:
        page.locator(link).first.click()
    return urlsplit(page.url).path


def look_inside(page: Page) -> None:
    page.get_by_label("Reason").fill("A picture for the handbook.")
    page.get_by_role("button", name="Look inside").click()


@contextmanager
def window(browser: Browser, url: str, look: str, cookies: list[Any]) -> Iterator[Page]:
    context = browser.new_context(
        base_url=url, viewport=LOOKS[look], color_scheme=look.removeprefix("phone-"), device_scale_factor=1.5,
        locale="en-GB", reduced_motion="reduce",
    )  # type: ignore[arg-type]  # fmt: skip
    context.add_cookies([*cookies, {"name": "django_language", "value": "en", "url": url}])
    yield context.new_page()
    context.close()


def sign_in(page: Page, given: argparse.Namespace) -> None:
    """The demo prints the code that an officer's app would show."""
    page.goto("/dashboard/")
    page.fill("#login", given.login)
    page.fill("#password", given.password)
    page.click("main button")
    command = [sys.executable, "manage.py", "demo_code", given.login]
    code = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DEBUG": "1"}, capture_output=True, text=True, check=True
    )
    page.fill("#code", code.stdout.strip())
    page.click("main button")
    page.wait_for_url(f"{given.url}/dashboard/")


def save(page: Page, path: Path, *, whole: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
