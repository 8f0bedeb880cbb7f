"""A school's record and the decision on a proposed one."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person, PersonState
from backend.eventlog.models import Event
from backend.schools.actions import register_school
from backend.schools.models import School, SchoolState
from tests.factories.people import PersonFactory, SchoolFactory, central, officer, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    person = PersonFactory(given_name="Ana", family_name="Silva", state=PersonState.PENDING)
    return register_school(actor=person, name="Lycée Neuf", town="Lyon")


def url(school: School, page: str = "school") -> str:
    return reverse(f"dashboard:{page}", args=[school.pk])


def test_a_proposed_school_and_its_decision(client: Client, desk: Person, school: School) -> None:
    html = client.get(url(school)).text
    assert "No similar school is registered in this town." in html
    assert "Ana Silva" in html
    assert "Validate the school" in html
    answer = client.post(url(school, "validate_school"), follow=True)
    assert answer.redirect_chain == [(url(school), 302)]
    assert "The school Lycée Neuf is validated." in answer.text
    assert "Validate the school" not in answer.text
    school.refresh_from_db()
    assert school.state == SchoolState.VALIDATED
    assert Event.objects.filter(kind="school.validated", actor=desk, subject_id=school.pk).count() == 1


def test_rejecting_needs_a_reason(client: Client, desk: Person, school: School) -> None:
    before = Event.objects.count()
    answer = client.post(url(school, "reject_school"), {"text": " "})
    assert answer.status_code == 422
    assert "Please give a reason" in answer.text
    assert Event.objects.count() == before
    client.post(url(school, "reject_school"), {"text": "This is a company."})
    school.refresh_from_db()
    assert (school.state, school.state_reason) == (SchoolState.REJECTED, "This is a company.")


def test_central_says_why(client: Client, school: School) -> None:
    client.force_login(central())
    assert client.post(url(school, "validate_school")).status_code == 422
    assert client.post(url(school, "validate_school"), {"text": "No officer."}).status_code == 302


def test_a_validated_school_abroad_is_read_only(client: Client, desk: Person) -> None:
    polish = SchoolFactory(country_id="PL")
    person = teacher("PL", school=polish)
    html = client.get(url(polish)).text
    assert str(person) not in html
    assert client.post(url(polish, "reject_school"), {"text": "No."}).status_code == 403
    polish.refresh_from_db()
    assert polish.state == SchoolState.VALIDATED


def test_queries_do_not_grow(
    client: Client, desk: Person, school: School, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 9):
        for _ in range(number):
            teacher("FR", school=school)
        with django_assert_max_num_queries(12) as captured:
            client.get(url(school))
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_merging_from_the_record(client: Client, desk: Person, school: School) -> None:
    known = SchoolFactory(name="Lycee Neuf", town="Lyon")
    html = client.get(url(school)).text
    assert "Which record stays?" in html
    assert "A similar name in the same town" in html
    unchosen = client.post(url(school, "merge_schools"), {"text": "Twice."})
    assert (unchosen.status_code, "Please choose the record that stays." in unchosen.text) == (422, True)
    assert client.post(url(school, "merge_schools"), {"into": "nonsense", "text": "Twice."}).status_code == 422
    assert client.post(url(school, "merge_schools"), {"into": known.pk, "text": " "}).status_code == 422
    school.refresh_from_db()
    assert school.state == SchoolState.PROPOSED
    answer = client.post(url(school, "merge_schools"), {"into": known.pk, "text": "Twice."}, follow=True)
    assert "The school Lycée Neuf is merged." in answer.text
    assert "Merged into" in answer.text
    told = client.get(url(known)).text
    assert "merged the school Lycée Neuf into another record" in told, "the survivor's timeline knows"


def test_closing_and_reopening_from_the_record(client: Client, desk: Person) -> None:
    school = SchoolFactory(name="Lycée Ancien")
    assert "Which record stays?" not in client.get(url(school)).text
    assert client.post(url(school, "close_school"), {"text": ""}).status_code == 422
    answer = client.post(url(school, "close_school"), {"text": "It moved."}, follow=True)
    assert "The school Lycée Ancien is closed." in answer.text
    answer = client.post(url(school, "reopen_school"), follow=True)
    assert "The school Lycée Ancien is open again." in answer.text
    school.refresh_from_db()
    assert school.state == SchoolState.VALIDATED


def test_a_viewer_sees_no_buttons(client: Client) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    school = SchoolFactory()
    assert "Close the school" not in client.get(url(school)).text
    assert client.post(url(school, "close_school"), {"text": "Why"}).status_code == 403


def test_the_record_shows_how_a_school_presents_itself(client: Client, desk: Person) -> None:
    school = SchoolFactory(presentation="Between two rivers.", ages_from=11, ages_to=18, pupil_count=1240)
    text = client.get(url(school)).text
    for shown in ("Between two rivers.", "11–18", "1,240"):
        assert shown in text
