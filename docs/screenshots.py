"""Takes the README's pictures of the dashboard from a running server."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DEMO_PASSWORD = "welcome-to-etwinning"  # noqa: S105 (the demo prints it)
ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
COLOURS = 128  # enough for flat colours and smooth type; a third of the bytes
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="where the demo runs")
    parser.add_argument("--login", default="officer.fr@agency.example", help="who signs in; an officer of the demo")
    parser.add_argument("--password", default=DEMO_PASSWORD)
    parser.add_argument("--out", type=Path, default=IMAGES)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with window(browser, given.url, "light", WIDE) as page:
            sign_in(page, given)
            take_wide(page, given.url, given.out)
            cookies = page.context.cookies()
        with window(browser, given.url, "dark", PHONE) as page:
            page.context.add_cookies(cookies)  # type: ignore[arg-type]
            page.goto(f"{given.url}/dashboard/queues/people/")
            save(page, given.out / "phone-dark.png")
        browser.close()


def take_wide(page: Page, url: str, out: Path) -> None:
    save(page, out / "today.png")
    page.goto(f"{url}/dashboard/queues/people/")
    save(page, out / "people.png")
    page.goto(f"{url}/dashboard/queues/projects/")
    page.locator(".case h3 a").first.click()
    save(page, out / "project.png")
    page.goto(f"{url}/dashboard/partnerships/")
    save(page, out / "partnerships.png")


@contextmanager
def window(browser: Browser, url: str, scheme: str, size: dict[str, int]) -> Iterator[Page]:
    context = browser.new_context(
        viewport=size, color_scheme=scheme, device_scale_factor=1.5, locale="en-GB", reduced_motion="reduce"
    )  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": "en", "url": url}])
    yield context.new_page()
    context.close()


def sign_in(page: Page, given: argparse.Namespace) -> None:
    """The demo prints the code that an officer's app would show."""
    page.goto(f"{given.url}/dashboard/")
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


def save(page: Page, path: Path) -> None:
    page.evaluate("document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
