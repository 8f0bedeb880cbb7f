"""Each queue is worked through without JavaScript: one case decided, one taken, several decided at once."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from backend.accounts.models import Person
from backend.desk.cases import waiting
from backend.projects.models import ProjectState
from backend.schools.models import SchoolState
from tests.factories.labels import FULL, application
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import project
from tests.support.browser import Visits

pytestmark = pytest.mark.live

QUEUES = ("people", "schools", "projects", "reports", "help", "labels")


@dataclass
class Desk:
    """One case in each queue, and two more people."""

    officer: Person = field(default_factory=lambda: officer("FR", login="lou@example.org"))

    def __post_init__(self) -> None:
        self.people = [newcomer("FR", given_name=f"Zoë {number}") for number in range(3)]
        SchoolFactory(name="Collège", state=SchoolState.PROPOSED)
        project(ProjectState.PENDING_APPROVAL, title="Rivers")
        report(teacher("FR"), actor=teacher("PL"))
        help_request(actor=teacher("FR"))
        application()


@pytest.fixture
def desk(transactional_db: None, django_db_serialized_rollback: None) -> Desk:
    """Made before Chromium starts: rules wake the hub, which Playwright's running loop would forbid."""
    return Desk()


def test_every_queue(desk: Desk, visits: Visits) -> None:
    page = visits.window(login=desk.officer.login, java_script_enabled=False)
    several_people(page, desk)
    for queue, summary, button in (
        ("schools", "Decide", "Validate the school"),
        ("projects", "Decide", "Approve for France"),
        ("help", "Answer", "Close without an answer"),
    ):
        page.goto(f"/dashboard/queues/{queue}/")
        page.locator("summary", has_text=summary).click()
        page.get_by_role("button", name=button).click()
        assert page.locator(".notes li").count() == 1
    a_report(page)
    a_label(page)
    left = {queue: waiting(desk.officer, queue).count() for queue in QUEUES}
    assert left == dict.fromkeys(QUEUES, 0)


def several_people(page: Page, desk: Desk) -> None:
    page.goto("/dashboard/queues/people/")
    case: Any = page.locator(".case", has_text=str(desk.people[0]))
    case.get_by_role("button", name="Take").click()
    assert "You look after" in page.locator(".notes").inner_text()
    for tick in page.locator(".tick").all():
        tick.check()
    page.locator("#bulk").get_by_role("button", name="Validate").click()
    assert page.locator(".head p").inner_text() == "3 done"


def a_report(page: Page) -> None:
    page.goto("/dashboard/queues/reports/")
    page.locator(".case h3 a").click()
    page.locator("#text-open").fill("I decide this report.")
    page.get_by_role("button", name="Open the report").click()
    page.get_by_label("No action").check()
    page.locator("#text-decide").fill("Nothing wrong here.")
    page.get_by_role("button", name="Decide").click()
    assert page.locator(".notes").inner_text() == "The report is decided."


def a_label(page: Page) -> None:
    page.goto("/dashboard/queues/labels/")
    page.locator(".case h3 a").click()
    page.get_by_role("button", name="Open the evidence").click()
    for code, points in FULL.items():
        page.locator(f"#points-{code}").fill(str(points))
    page.get_by_role("button", name="Store my points").click()
    page.get_by_role("button", name="Award the label").click()
    assert page.locator(".notes").inner_text() == "The label is awarded."
