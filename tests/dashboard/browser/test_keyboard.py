"""A queue of forty mixed cases, cleared by a new officer without touching the mouse."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from backend.accounts.models import Person, PersonState
from backend.desk.cases import waiting
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import HelpRequest, HelpState, Report, ReportState
from backend.projects.models import ProjectState
from backend.schools.models import School, SchoolState
from tests.factories.labels import FULL, application
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import project, workspace
from tests.support.browser import Visits

pytestmark = pytest.mark.live

QUEUES = ("people", "schools", "projects", "reports", "help", "labels")


@dataclass
class Desk:
    """Sixteen people, eight schools, six projects, four reports, four questions, two applications for a label."""

    officer: Person = field(default_factory=lambda: officer("FR", login="lou@example.org"))

    def __post_init__(self) -> None:
        for number in range(16):
            newcomer("FR", given_name=f"Zoë {number}")
        for number in range(8):
            SchoolFactory(name=f"Collège {number}", state=SchoolState.PROPOSED)
        founders = teacher("FR"), teacher("PL")
        for number in range(6):
            project(ProjectState.PENDING_APPROVAL, founders=founders, title=f"Rivers {number}")
        for _ in range(4):
            report(teacher("FR"), actor=founders[1])
            help_request(actor=founders[0])
        for number in range(2):
            application(workspace(founders=(teacher("FR"), teacher("PL")), title=f"Bridges {number}").project)

    def left(self) -> dict[str, int]:
        return {queue: waiting(self.officer, queue).count() for queue in QUEUES}


@pytest.fixture
def desk(transactional_db: None, django_db_serialized_rollback: None) -> Desk:
    """Made before Chromium starts: rules wake the hub, which Playwright's running loop would forbid."""
    return Desk()


def test_forty_mixed_cases_by_keyboard_alone(desk: Desk, visits: Visits) -> None:
    assert sum(desk.left().values()) == 40
    page = visits.window(login=desk.officer.login)
    clear_people(page)
    for queue, verb, reason in (
        ("schools", "Validate", ""),
        ("projects", "Approve", ""),
        ("reports", "Close without action", "Nothing wrong here."),
        ("help", "Answer", "Please see the guide."),
    ):
        open_queue(page, queue)
        clear_ticked(page, verb, reason)
    award_one_and_refuse_the_other(page)
    assert desk.left() == dict.fromkeys(QUEUES, 0)
    states = list(Person.objects.filter(given_name__startswith="Zoë").values_list("state", flat=True))
    assert (states.count(PersonState.VALIDATED), states.count(PersonState.REJECTED)) == (14, 2)
    assert School.objects.filter(name__startswith="Collège", state=SchoolState.VALIDATED).count() == 8
    assert Report.objects.filter(state=ReportState.DECIDED, decided_by=desk.officer).count() == 4
    assert HelpRequest.objects.filter(state=HelpState.ANSWERED).count() == 4
    assert sorted(LabelApplication.objects.values_list("state", flat=True)) == [LabelState.AWARDED, LabelState.REFUSED]


def test_single_keys_can_be_switched_off(desk: Desk, visits: Visits) -> None:
    page = visits.window(login=desk.officer.login)
    open_queue(page, "people")
    page.keyboard.press("?")
    box = page.locator("#keys-on")
    assert box.is_visible()
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.locator("h3 a").first.focus()
    page.keyboard.press("x")
    assert page.locator(".tick:checked").count() == 0
    page.reload()
    page.locator("h3 a").first.focus()
    page.keyboard.press("x")
    assert page.locator(".tick:checked").count() == 0


def test_keys_do_nothing_in_a_field(desk: Desk, visits: Visits) -> None:
    page = visits.window(login=desk.officer.login)
    open_queue(page, "people")
    page.keyboard.press("Control+k")
    page.keyboard.type("xvjr?")
    assert page.locator("#search").input_value() == "xvjr?"
    assert page.locator(".tick:checked").count() == 0


def open_queue(page: Page, name: str) -> None:
    """By Tab to the menu, and Enter."""
    page.locator("body").press("Home")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == f"/dashboard/queues/{name}/":
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/queues/{name}/")
            return
    raise AssertionError(f"no Tab reaches {name}")


def clear_people(page: Page) -> None:
    """Three are validated one by one, two rejected with a reason, the others ticked and validated together."""
    open_queue(page, "people")
    page.keyboard.press("j")
    for left in (15, 14, 13):
        page.keyboard.press("v")
        page.keyboard.press("Enter")
        arrived(page, left)
    for left in (12, 11):
        page.keyboard.press("r")
        page.keyboard.type("Nobody knows you there.")
        page.keyboard.press("Control+Enter")
        arrived(page, left)
    clear_ticked(page, "Validate", "")


def award_one_and_refuse_the_other(page: Page) -> None:
    """A label is decided on its record: points with the grid beside the answers, then the decision."""
    open_queue(page, "labels")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/labels/*-*/")
    for code, points in FULL.items():
        tab_to(page, code)
        page.keyboard.type(str(points))
    tab_to(page, "Store my points")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notes")
    tab_to(page, "Award the label")
    page.keyboard.press("Enter")
    expect(page.locator(".case")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/labels/*-*/")
    for _ in range(2):
        tab_to(page, "text")  # the first is for the points
    page.keyboard.type("Show more.")
    tab_to(page, "Refuse")
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty")


def tab_to(page: Page, wanted: str) -> None:
    """By the name of a field, or the words of a button."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == wanted:
            return
    raise AssertionError(f"no Tab reaches {wanted}")


def clear_ticked(page: Page, verb: str, reason: str) -> None:
    cases = page.locator(".case").count()
    if not page.evaluate("document.activeElement.closest('.case')"):
        page.keyboard.press("j")
    for number in range(cases):
        page.keyboard.press("x")
        if number < cases - 1:
            page.keyboard.press("j")
    assert page.locator("[data-ticked]").inner_text() == f"{cases} ticked"
    page.keyboard.press("r" if reason else "v")
    if reason:
        page.keyboard.type(reason)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == verb
    page.keyboard.press("Enter")
    page.wait_for_selector("table.stacks")
    assert page.locator(".head p").inner_text() == f"{cases} done"
    page.keyboard.press("Enter")  # back to the queue: the link has the focus
    page.wait_for_selector(".empty")


def arrived(page: Page, left: int) -> None:
    """The page came again, with one case less, and the focus is in the queue."""
    expect(page.locator(".case")).to_have_count(left)
    expect(page.locator(".case a:focus")).to_have_count(1)
