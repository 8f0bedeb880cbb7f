"""The queue of people, a person's record, and deciding on a request."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backend.accounts.actions import start_waiting
from backend.accounts.models import Person, PersonState
from backend.core import clock
from backend.eventlog.models import Event
from backend.schools.actions import join_school, register_school
from backend.schools.models import MembershipState, SchoolState
from dashboard import paging
from tests.factories.people import PersonFactory, SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, pupil, workspace

pytestmark = pytest.mark.django_db
QUEUE = "/dashboard/queues/people/"


def waiting(days: int, **values: object) -> Person:
    """Due so many days from now; overdue when negative."""
    person = newcomer(**values)  # type: ignore[arg-type]
    Person.objects.filter(pk=person.pk).update(due_at=clock.now() + timedelta(days=days))
    return person


def act(client: Client, person: Person, page: str, **data: str) -> object:
    return client.post(reverse(f"dashboard:{page}", args=[person.pk]), data)


def test_the_most_urgent_come_first_in_groups(client: Client, desk: Person) -> None:
    late, today, later = waiting(20), waiting(1), waiting(-3)
    waiting(-9, country="PL")
    html = client.get(QUEUE).text
    places = [html.index(text) for text in ("Overdue</h2>", str(later), "Due soon", str(today), "Not due", str(late))]
    assert places == sorted(places)
    assert html.count('<li class="case">') == 3
    assert re.search(r"Overdue by (\d working days?|\d+ hours?)", html)


def test_what_was_looked_up(client: Client, desk: Person) -> None:
    school = SchoolFactory(web_site="https://www.hugo.example")
    newcomer(school=school, email="ana@hugo.example")
    newcomer(school=school, email="eve@gmail.com")
    newcomer(school=school, email="bob@other.example")
    stray = PersonFactory(state=PersonState.PENDING)
    html = client.get(QUEUE).text
    for words in (
        "✓ E-mail fits the school’s web site",
        "Private e-mail provider",
        "E-mail differs from the school’s web site",
        "No school named yet",
    ):
        assert html.count(words) == 1
    register_school(actor=stray, name="Lycée Neuf", town="Lyon")
    html = client.get(QUEUE).text
    assert "No school named yet" not in html
    assert html.count(">New school<") == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"new", "asked", "moved", "proposed"}),
        ("?state=new", {"new", "proposed"}),
        ("?state=asked", {"asked"}),
        ("?state=moved", {"moved"}),
        ("?school=new", {"proposed"}),
        ("?school=known", {"new", "asked", "moved"}),
        ("?state=asked&school=new", set()),
        ("?state=nonsense", {"new", "asked", "moved", "proposed"}),
        ("?country=PL", {"new", "asked", "moved", "proposed"}),
    ],
)
def test_filters(client: Client, desk: Person, query: str, shown: set[str]) -> None:
    newcomer(given_name="new")
    newcomer(given_name="asked", state=PersonState.INFORMATION_REQUESTED)
    join_school(SchoolFactory(), actor=teacher(given_name="moved"))
    proposing = PersonFactory(given_name="proposed", state=PersonState.PENDING)
    register_school(actor=proposing, name="Lycée Neuf", town="Lyon")
    rows = client.get(QUEUE + query).context["page"].rows
    assert {person.given_name for person in rows} == shown


def test_central_filters_by_country(client: Client) -> None:
    client.force_login(central())
    newcomer("FR")
    polish = newcomer("PL")
    assert len(client.get(QUEUE).context["page"].rows) == 2
    assert client.get(f"{QUEUE}?country=PL").context["page"].rows == [polish]


def test_nobody_waits(client: Client, desk: Person) -> None:
    assert "Nobody waits" in client.get(QUEUE).text
    assert "Nothing fits these filters" in client.get(f"{QUEUE}?state=asked").text


def test_pages_begin_after_the_last_row(client: Client, desk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    people = [waiting(days) for days in (1, 2, 3, 4)] + [newcomer()]
    first = client.get(f"{QUEUE}?state=new").context["page"]
    assert first.rows == people[:2]
    act(client, people[0], "validate_teacher")  # a row goes: none is skipped
    second = client.get(QUEUE + first.next).context["page"]
    assert second.rows == people[2:4]
    third = client.get(QUEUE + second.next).context["page"]
    assert (third.rows, third.next, third.first) == (people[4:], "", "?state=new")


@pytest.mark.parametrize("after", ["x", "2026-01-01~x", "~x", "2026-01-01T00:00:00~" + "0" * 32])
def test_a_broken_place_is_not_found(client: Client, desk: Person, after: str) -> None:
    assert client.get(QUEUE, {"after": after}).status_code == 404


def test_validating(client: Client, desk: Person) -> None:
    person = newcomer(given_name="Ana", family_name="Silva")
    answer = client.post(reverse("dashboard:validate_teacher", args=[person.pk]), follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "Ana Silva is validated." in answer.text
    person.refresh_from_db()
    assert person.state == PersonState.VALIDATED
    event = Event.objects.get()
    assert (event.kind, event.actor) == ("person.validated", desk)


def test_rejecting_and_asking(client: Client, desk: Person) -> None:
    one, other = newcomer(), newcomer()
    back = f"{QUEUE}?state=new"
    answer = client.post(
        reverse("dashboard:reject_teacher", args=[one.pk]), {"text": "Not at this school.", "next": back}
    )
    assert answer.headers["Location"] == back
    act(client, other, "request_information", text="Which subject?")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.state_reason) == (PersonState.REJECTED, "Not at this school.")
    assert (other.state, other.inquiries.get().question) == (PersonState.INFORMATION_REQUESTED, "Which subject?")
    page = client.get(reverse("dashboard:person", args=[other.pk])).text
    assert "Which subject?" in page
    assert "No answer yet." in page


def test_the_way_back_stays_here(client: Client, desk: Person) -> None:
    answer = client.post(
        reverse("dashboard:validate_teacher", args=[newcomer().pk]), {"next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == QUEUE


def test_a_refusal_keeps_what_was_typed(client: Client, desk: Person) -> None:
    person = newcomer()
    text = "I cannot find <you> " + "x" * 10_000
    answer = client.post(reverse("dashboard:reject_teacher", args=[person.pk]), {"text": text})
    assert answer.status_code == 422
    assert text in unescape(answer.text)
    assert "This text is too long: at most 10000 characters." in answer.text
    person.refresh_from_db()
    assert person.state == PersonState.PENDING
    assert not Event.objects.exists()


def test_decided_meanwhile(client: Client, desk: Person) -> None:
    person = teacher("FR")
    answer = client.post(reverse("dashboard:validate_teacher", args=[person.pk]))
    assert answer.status_code == 422
    assert "This request has been decided already." in answer.text
    assert not Event.objects.exists()


def test_central_says_why(client: Client) -> None:
    client.force_login(central())
    person = newcomer()
    url = reverse("dashboard:validate_teacher", args=[person.pk])
    assert "Please give a reason" in client.post(url).text
    assert client.post(url, {"text": "No officer this week."}).status_code == 302
    person.refresh_from_db()
    assert (person.state, person.state_reason) == (PersonState.VALIDATED, "No officer this week.")


def test_a_viewer_sees_no_buttons(client: Client) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    person = newcomer()
    for page in (QUEUE, reverse("dashboard:person", args=[person.pk])):
        html = client.get(page).text
        assert str(person) in html
        assert ">Validate<" not in html
        assert "formaction" not in html


def test_a_partner_abroad_is_read_only(client: Client, desk: Person) -> None:
    polish = project("PENDING_APPROVAL").founders[1].person
    start_waiting(polish, PersonState.PENDING)
    url = reverse("dashboard:person", args=[polish.pk])
    html = client.get(url).text
    assert str(polish) in html
    assert polish.email not in html
    assert "formaction" not in html
    assert client.post(f"{url}validate/").status_code == 403
    polish.refresh_from_db()
    assert polish.state == PersonState.PENDING


def test_the_school_is_decided_on_the_persons_page(client: Client, desk: Person) -> None:
    known = SchoolFactory(name="Lycée Victor Hugo", town="Lyon")
    person = PersonFactory(state=PersonState.PENDING)
    school = register_school(actor=person, name="Lycee Victor-Hugo", town="Lyon")
    page = reverse("dashboard:person", args=[person.pk])
    html = client.get(page).text
    assert "Possibly the same school: compare" in html
    assert reverse("dashboard:school", args=[known.pk]) in html
    refused = client.post(f"{page}validate/")
    assert "The school must be validated first." in refused.text
    answer = client.post(reverse("dashboard:validate_school", args=[school.pk]), {"next": page})
    assert answer.headers["Location"] == page
    client.post(f"{page}validate/")
    person.refresh_from_db()
    school.refresh_from_db()
    assert (person.state, school.state) == (PersonState.VALIDATED, SchoolState.VALIDATED)


def test_a_further_school_is_refused_alone(client: Client, desk: Person) -> None:
    person = teacher()
    place = join_school(SchoolFactory(), actor=person)
    page = client.get(reverse("dashboard:person", args=[person.pk])).text
    assert "Joins a further school" in page
    assert "Ask for information" not in page
    act(client, person, "reject_teacher", text="You do not work there.")
    place.refresh_from_db()
    person.refresh_from_db()
    assert (place.state, person.state) == (MembershipState.REJECTED, PersonState.VALIDATED)


def test_pupils_have_no_record(client: Client) -> None:
    room = workspace()
    child = pupil(room, actor=room.project.founders[0].person)
    client.force_login(central())
    assert client.get(reverse("dashboard:person", args=[child.pk])).status_code == 404


def test_queries_do_not_grow(
    client: Client, desk: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 9, 20):
        for _ in range(number):
            newcomer()
            register_school(actor=PersonFactory(state=PersonState.PENDING), name="Lycée Neuf", town="Lyon")
        with django_assert_max_num_queries(12) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    record = reverse("dashboard:person", args=[newcomer().pk])
    with django_assert_max_num_queries(12):
        client.get(record)
