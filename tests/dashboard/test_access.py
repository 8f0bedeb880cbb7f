"""Who gets which answer at each address of the dashboard."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from backend.accounts.models import Person
from backend.eventlog.models import Event
from tests.dashboard.addresses.every import ABOUT_SOMETHING, DECIDING, OPEN, READING, make
from tests.dashboard.addresses.world import DONE, Area
from tests.factories.people import central, newcomer, officer, teacher
from tests.factories.projects import pupil, workspace
from tests.support.api import client_of

pytestmark = pytest.mark.django_db

OWN = 3


@pytest.fixture
def people() -> list[Person | None]:
    room = workspace(founders=(teacher("DE"), teacher("ES")))
    child = pupil(room, actor=room.project.founders[0].person)
    others = (officer("FR"), officer("FR", role="VIEWER"), officer("DE"), central())
    return [None, teacher("FR"), child, *others]


def named(row: object) -> str | None:
    return row if isinstance(row, str) else ""


def test_the_tables_know_every_address() -> None:
    every = {pattern.name for pattern in get_resolver("dashboard.urls").url_patterns}
    assert every == {page for _, page in READING} | {page for _, page in DECIDING} | OPEN


@pytest.mark.parametrize(("area", "page"), READING, ids=named)
def test_reading(area: Area, page: str, people: list[Person | None]) -> None:
    path = make(area, page)
    answers = tuple(client_of(person).get(path).status_code for person in people)
    assert answers == area.reading[page]


@pytest.mark.parametrize(("area", "page"), DECIDING, ids=named)
def test_deciding(area: Area, page: str, people: list[Person | None]) -> None:
    path, answers = make(area, page), {}
    own = people[OWN]
    for person in sorted(people, key=lambda one: one is own):  # who may decide comes last
        before = Event.objects.count()
        answer = client_of(person).post(path, {"side": "FR", **area.sent.get(page, {})})
        answers[people.index(person)] = answer.status_code
        wrote = Event.objects.count() > before
        assert page in area.apart or wrote == (person is own and answer.status_code == DONE)
    assert tuple(answers[n] for n in range(len(people))) == area.deciding[page]


@pytest.mark.parametrize(("area", "page"), ABOUT_SOMETHING, ids=named)
def test_absent_and_forbidden_look_the_same(area: Area, page: str) -> None:
    client = client_of(officer("DE"))
    method = client.get if page in area.reading else client.post
    forbidden, unknown = method(make(area, page)), method(area.path(page, area.absent))
    assert forbidden.status_code == unknown.status_code == 404
    assert without_token(forbidden.text) == without_token(unknown.text)


@pytest.mark.parametrize(("area", "page"), DECIDING, ids=named)
def test_decisions_are_not_taken_by_following_a_link(area: Area, page: str) -> None:
    assert client_of(officer("FR")).get(make(area, page)).status_code == 405


@pytest.mark.parametrize("page", ["sign_out", "choose_language"])
def test_neither_is_anything_else(page: str) -> None:
    assert client_of(officer("FR")).get(reverse(f"dashboard:{page}")).status_code == 405


def test_forms_need_their_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer("FR"))
    person = newcomer("FR")
    answer = client.post(reverse("dashboard:validate_teacher", args=[person.pk]))
    assert answer.status_code == 403
    assert "This form has expired" in answer.text
    person.refresh_from_db()
    assert person.state == "PENDING"


def test_a_visitor_comes_back_to_the_page_wanted() -> None:
    wanted = reverse("dashboard:person", args=[newcomer("FR").pk])
    assert Client().get(wanted).headers["Location"] == f"/dashboard/sign-in/?next={wanted}"


def test_nothing_is_kept_by_a_shared_browser() -> None:
    answer = client_of(officer("FR")).get(reverse("dashboard:person", args=[newcomer("FR").pk]))
    assert "no-store" in answer.headers["Cache-Control"]


def without_token(html: str) -> str:
    parts = html.split('name="csrfmiddlewaretoken" value="')
    rest = [part.split('"', 1)[1].split('name="next" value="')[-1].split('"', 1)[-1] for part in parts[1:]]
    return "".join([parts[0], *rest])
