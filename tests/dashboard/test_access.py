"""Who gets which answer at each address of the dashboard."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from backend.accounts.models import Person
from backend.eventlog.models import Event
from backend.projects.models import Project, ProjectState
from backend.schools.models import School, SchoolState
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db

SIGN_IN = 302  # sent to sign in
DONE = 302  # decided, sent back
ASK = 422  # the form again: a reason is missing


@dataclass
class World:
    person: Person
    school: School
    project: Project

    def path(self, page: str) -> str:
        named = {"person": self.person, "school": self.school, "project": self.project}
        for name, pages in RECORDS.items():
            if page in pages:
                return reverse(f"dashboard:{page}", args=[named[name].pk])
        return reverse(f"dashboard:{page}", args=["FR", "PL"] if page == "partnership" else [])


ACCOUNT = ("revoke_teacher", "restore_teacher", "name_ambassador")
RECORDS = {
    "person": ("person", "validate_teacher", "reject_teacher", "request_information", *ACCOUNT),
    "school": ("school", "validate_school", "reject_school", "merge_schools", "close_school", "reopen_school"),
    "project": ("project", "approve_project", "request_project_changes", "refuse_project"),
}
PAGES = ("today", "people", "projects", "partnerships", "partnership", "person", "school", "project")
DECISIONS = {page: pages for pages in RECORDS.values() for page in pages[1:]}

# visitor, teacher, pupil, own officer, own viewer, officer of another country, central
READING = {
    "today": (302, 403, 403, 200, 200, 200, 200),
    "people": (302, 403, 403, 200, 200, 200, 200),
    "projects": (302, 403, 403, 200, 200, 200, 200),
    "partnerships": (302, 403, 403, 200, 200, 200, 200),
    "partnership": (302, 403, 403, 200, 200, 404, 200),
    "person": (302, 403, 403, 200, 200, 404, 200),
    "school": (302, 403, 403, 200, 200, 404, 200),
    "project": (302, 403, 403, 200, 200, 404, 200),
}
# Without a reason: approving and validating needs none from the own officer, everything from central.
DECIDING = {
    "validate_teacher": (302, 403, 403, DONE, 403, 404, ASK),
    "reject_teacher": (302, 403, 403, ASK, 403, 404, ASK),
    "request_information": (302, 403, 403, ASK, 403, 404, ASK),
    "validate_school": (302, 403, 403, DONE, 403, 404, ASK),
    "reject_school": (302, 403, 403, ASK, 403, 404, ASK),
    # Not yet: the person is not validated, the school is not open, no record to merge into was chosen.
    "revoke_teacher": (302, 403, 403, ASK, 403, 404, ASK),
    "restore_teacher": (302, 403, 403, ASK, 403, 404, ASK),
    "name_ambassador": (302, 403, 403, ASK, 403, 404, ASK),
    "merge_schools": (302, 403, 403, ASK, ASK, 404, ASK),
    "close_school": (302, 403, 403, ASK, 403, 404, ASK),
    "reopen_school": (302, 403, 403, ASK, 403, 404, ASK),
    "approve_project": (302, 403, 403, DONE, 403, 404, ASK),
    "request_project_changes": (302, 403, 403, ASK, ASK, 404, ASK),
    "refuse_project": (302, 403, 403, ASK, ASK, 404, ASK),
}
OPEN = {"sign_in", "sign_out", "choose_language"}


@pytest.fixture
def world() -> World:
    return World(
        person=newcomer("FR"),
        school=SchoolFactory(country_id="FR", state=SchoolState.PROPOSED),
        project=project(ProjectState.PENDING_APPROVAL),
    )


@pytest.fixture
def people() -> list[Person | None]:
    room = workspace(founders=(teacher("DE"), teacher("ES")))
    child = pupil(room, actor=room.project.founders[0].person)
    others = (officer("FR"), officer("FR", role="VIEWER"), officer("DE"), central())
    return [None, teacher("FR"), child, *others]


def test_the_matrix_knows_every_address() -> None:
    named = {pattern.name for pattern in get_resolver("dashboard.urls").url_patterns}
    assert named == set(READING) | set(DECIDING) | OPEN


@pytest.mark.parametrize("page", READING)
def test_reading(page: str, world: World, people: list[Person | None]) -> None:
    answers = tuple(client_of(person).get(world.path(page)).status_code for person in people)
    assert answers == READING[page]


@pytest.mark.parametrize("page", DECIDING)
def test_deciding(page: str, world: World, people: list[Person | None]) -> None:
    answers = {}
    own = people[3]
    for person in sorted(people, key=lambda one: one is own):  # who may decide comes last
        before = Event.objects.count()
        answer = client_of(person).post(world.path(page), {"side": "FR"})
        answers[people.index(person)] = answer.status_code
        assert (Event.objects.count() > before) == (person is own and answer.status_code == DONE)
    assert tuple(answers[n] for n in range(len(people))) == DECIDING[page]


@pytest.mark.parametrize("page", [*(p for p in PAGES if p in RECORDS), *DECISIONS])
def test_absent_and_forbidden_look_the_same(page: str, world: World) -> None:
    client = client_of(officer("DE"))
    absent = World(Person(pk=uuid4()), School(pk=uuid4()), Project(pk=uuid4()))
    method = client.post if page in DECISIONS else client.get
    forbidden, unknown = method(world.path(page)), method(absent.path(page))
    assert forbidden.status_code == unknown.status_code == 404
    assert without_token(forbidden.text) == without_token(unknown.text)


@pytest.mark.parametrize("page", [*DECIDING, "sign_out", "choose_language"])
def test_decisions_are_not_taken_by_following_a_link(page: str, world: World) -> None:
    assert client_of(officer("FR")).get(world.path(page)).status_code == 405


def test_forms_need_their_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer("FR"))
    answer = client.post(world.path("validate_teacher"))
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
    world.person.refresh_from_db()
    assert world.person.state == "PENDING"


def test_a_visitor_comes_back_to_the_page_wanted(world: World) -> None:
    wanted = world.path("person")
    assert Client().get(wanted).headers["Location"] == f"/dashboard/sign-in/?next={wanted}"


def test_nothing_is_kept_by_a_shared_browser(world: World) -> None:
    answer = client_of(officer("FR")).get(world.path("person"))
    assert "no-store" in answer.headers["Cache-Control"]


def client_of(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def without_token(html: str) -> str:
    parts = html.split('name="csrfmiddlewaretoken" value="')
    rest = [part.split('"', 1)[1].split('name="next" value="')[-1].split('"', 1)[-1] for part in parts[1:]]
    return "".join([parts[0], *rest])
