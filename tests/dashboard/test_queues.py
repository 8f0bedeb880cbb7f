"""What all six queues share: filters, views, taking, and deciding several at once."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import validate_teacher
from backend.agencies.actions.texts import write_text
from backend.desk.models import Assignment, SavedView
from backend.eventlog.models import Event
from backend.moderation.models import HelpState, ReportState
from backend.projects.models import Project, ProjectState
from backend.schools.models import School, SchoolState
from tests.factories.labels import application
from tests.factories.moderation import help_request, report
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import project, workspace

pytestmark = pytest.mark.django_db

QUEUES = ("people", "schools", "projects", "reports", "labels", "help")


def one_of_each(number: int) -> None:
    newcomer("FR")
    SchoolFactory(state=SchoolState.PROPOSED, name=f"Collège {number}", town="Lyon", proposed_by=teacher("FR"))
    room = workspace(title=f"Bridges {number}")
    project(ProjectState.PENDING_APPROVAL, title=f"Rivers {number}")
    report(teacher("FR"), actor=room.project.founders[0].person)
    application(room.project)
    help_request(actor=teacher("FR"))


def decide(client: Client, queue: str, do: str, *rows: Any, **more: Any) -> Any:
    return client.post(f"/dashboard/queues/{queue}/decide/", {"do": do, "case": [str(r.pk) for r in rows], **more})


@pytest.mark.parametrize("queue", QUEUES)
def test_an_empty_queue_says_what_will_come(client: Client, desk: Person, queue: str) -> None:
    html = client.get(f"/dashboard/queues/{queue}/").text
    assert '<div class="empty">' in html
    assert "Take the next case" not in html


@pytest.mark.parametrize("queue", QUEUES)
def test_queries_do_not_grow(
    client: Client, desk: Person, queue: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 9):
        for n in range(number):
            one_of_each(number * 10 + n)
        with django_assert_max_num_queries(12) as captured:
            page = client.get(f"/dashboard/queues/{queue}/").context["page"]
        assert len(page.rows) == {1: 1, 9: 10}[number]
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_several_are_decided_with_a_result_for_each(client: Client, desk: Person) -> None:
    people = [newcomer("FR") for _ in range(3)]
    rossi = officer("FR", given_name="M.", family_name="Rossi")
    validate_teacher(people[1], actor=rossi)
    stranger = newcomer("DE")
    answer = decide(client, "people", "validate", *people, stranger)
    assert answer.context["summary"] == "2 done, 1 decided meanwhile by M. Rossi"
    assert [result.state for result in answer.context["results"]] == ["done", "meanwhile", "done"]
    for person in people:
        person.refresh_from_db()
    stranger.refresh_from_db()
    assert [person.state for person in people] == [PersonState.VALIDATED] * 3
    assert stranger.state == PersonState.PENDING


def test_a_refusal_of_one_stops_no_other(client: Client, desk: Person) -> None:
    new = SchoolFactory(state=SchoolState.PROPOSED)
    at_new, at_known = newcomer("FR", school=new), newcomer("FR")
    answer = decide(client, "people", "validate", at_new, at_known)
    assert answer.context["summary"] == "1 done, 1 refused"
    assert "The school must be validated first." in answer.text


def test_a_missing_reason_goes_back_into_the_form(client: Client, desk: Person) -> None:
    people = [newcomer("FR"), newcomer("FR")]
    before = Event.objects.count()
    answer = decide(client, "people", "reject", people[0], next="/dashboard/queues/people/")
    assert answer.status_code == 422
    assert "Please give a reason: the person will read it." in answer.text
    assert answer.text.count(" checked") == 2  # the case, and single keys
    assert Event.objects.count() == before
    assert decide(client, "people", "reject", *people, text="Nobody knows you.").context["summary"] == "2 done"


def test_nothing_ticked(client: Client, desk: Person) -> None:
    newcomer("FR")
    answer = decide(client, "people", "validate")
    assert (answer.status_code, "Please choose at least one case." in answer.text) == (422, True)
    assert decide(client, "people", "dance", newcomer("FR")).status_code == 404
    assert client.post("/dashboard/queues/people/decide/", {"do": "validate", "case": "x"}).status_code == 422


def test_central_decides_several_with_one_reason(client: Client) -> None:
    client.force_login(central())
    people = [newcomer("FR"), newcomer("PL")]
    assert decide(client, "people", "validate", *people).status_code == 422
    answer = decide(client, "people", "validate", *people, text="The agencies are closed this week.")
    assert answer.context["summary"] == "2 done"


def test_each_queue_decides_its_own(client: Client, desk: Person) -> None:
    school = SchoolFactory(state=SchoolState.PROPOSED)
    decision = project(ProjectState.PENDING_APPROVAL).decisions.get(country="FR")
    spam = report(teacher("FR"), actor=teacher("DE"))
    question = help_request(actor=teacher("FR"))
    asked = (
        ("schools", "validate", school, {}),
        ("projects", "approve", decision, {}),
        ("reports", "close", spam, {"text": "Nothing wrong."}),
        ("help", "answer", question, {"text": "Please see the guide."}),
    )
    for queue, verb, row, more in asked:
        assert decide(client, queue, verb, row, **more).context["summary"] == "1 done"
        row.refresh_from_db()
    assert school.state == SchoolState.VALIDATED
    assert (decision.outcome, decision.decided_by) == ("APPROVED", desk)
    assert (spam.state, question.state) == (ReportState.DECIDED, HelpState.ANSWERED)


def test_cases_are_taken_and_given(client: Client, desk: Person) -> None:
    max = officer("FR", given_name="Max", family_name="Roux")
    people = [newcomer("FR"), newcomer("FR")]
    assert decide(client, "people", "take", *people).context["summary"] == "2 done"
    assert set(Assignment.objects.values_list("officer", flat=True)) == {desk.pk}
    assert decide(client, "people", "give", people[0]).status_code == 422
    assert decide(client, "people", "give", people[0], to=str(max.pk)).context["summary"] == "1 done"
    html = client.get("/dashboard/queues/people/").text
    assert "With Max Roux" in html
    mine = client.get("/dashboard/queues/people/?whose=mine").context["page"].rows
    assert mine == [people[1]]
    client.post(f"/dashboard/queues/people/release/{people[1].pk}/")
    assert list(Assignment.objects.values_list("case_id", flat=True)) == [people[0].pk]


def test_the_next_case_opens(client: Client, desk: Person) -> None:
    person = newcomer("FR")
    answer = client.post("/dashboard/queues/people/next/")
    assert answer.headers["Location"] == f"/dashboard/people/{person.pk}/"
    answer = client.post("/dashboard/queues/people/next/", follow=True)
    assert "Nothing waits that nobody looks after yet." in answer.text


def test_views_are_saved_shared_and_removed(client: Client, desk: Person) -> None:
    newcomer("FR")
    saved = {"name": "New ones", "query": "state=new", "is_shared": "on"}
    answer = client.post("/dashboard/queues/people/views/", saved, follow=True)
    assert "The view “New ones” is saved." in answer.text
    view = SavedView.objects.get()
    assert (view.owner, view.query, view.is_shared) == (desk, "state=new", True)
    client.force_login(officer("FR"))
    html = client.get("/dashboard/queues/people/?state=new").text
    assert 'aria-current="page">New ones' in html
    assert "Remove the view" not in html
    client.force_login(desk)
    client.post(f"/dashboard/views/{view.pk}/remove/")
    assert SavedView.objects.count() == 0
    answer = client.post("/dashboard/queues/people/views/", {"name": "", "query": ""}, follow=True)
    assert "Please fill this in." in answer.text


def test_viewers_read_and_tick_nothing(client: Client) -> None:
    client.force_login(officer("FR", role="VIEWER"))
    person = newcomer("FR")
    html = client.get("/dashboard/queues/people/").text
    assert str(person) in html
    assert 'class="tick"' not in html
    assert decide(client, "people", "validate", person).context["summary"] == "0 done, 1 refused"


def test_similar_schools_stand_side_by_side(client: Client, desk: Person) -> None:
    known: School = SchoolFactory(name="Lycée Victor Hugo", town="Lyon", official_number="069")
    SchoolFactory(name="Lycée Ampère", town="Lyon")
    SchoolFactory(name="Lycee Victor-Hugo", town="Lyon", state=SchoolState.PROPOSED)
    page = client.get("/dashboard/queues/schools/")
    assert [one.school for one in page.context["page"].rows[0].similar] == [known]
    assert "Perhaps registered already" in page.text


def test_a_school_is_merged_from_its_row(client: Client, desk: Person) -> None:
    known: School = SchoolFactory(name="Lycée Victor Hugo", town="Lyon")
    twice: School = SchoolFactory(name="Lycee Victor-Hugo", town="Lyon", state=SchoolState.PROPOSED)
    queue = "/dashboard/queues/schools/"
    assert f'name="into" value="{known.pk}"' in client.get(queue).text
    given = {"into": known.pk, "text": "The same school twice.", "next": queue}
    answer = client.post(f"/dashboard/schools/{twice.pk}/merge/", given, follow=True)
    assert answer.redirect_chain == [(queue, 302)]
    twice.refresh_from_db()
    assert (twice.state, twice.merged_into) == (SchoolState.MERGED, known)


def test_a_ready_text_is_the_reason_for_several(client: Client, desk: Person) -> None:
    given = {"use": "PERSON_REJECTED", "language": "en", "title": "Unknown", "text": "Nobody knows you there."}
    ready = write_text(desk.officer.agency, actor=desk, **given)
    people = [newcomer("FR"), newcomer("FR")]
    assert "EN: Unknown" in client.get("/dashboard/queues/people/").text.partition('id="bulk"')[2]
    assert decide(client, "people", "reject", *people, ready=str(ready.pk)).context["summary"] == "2 done"
    people[0].refresh_from_db()
    assert people[0].state_reason == "Nobody knows you there."


def test_the_other_office_is_nudged(client: Client, desk: Person) -> None:
    rivers: Project = project(ProjectState.PENDING_APPROVAL)
    page = f"/dashboard/projects/{rivers.pk}/"
    assert client.get(page).text.count("Remind the agency") == 1
    answer = client.post(f"{page}nudge/", {"side": "PL"}, follow=True)
    assert "The other agency is reminded." in answer.text
    answer = client.post(f"{page}nudge/", {"side": "PL"}, follow=True)
    assert "The other agency was reminded less than three days ago." in answer.text
    assert client.post(f"{page}nudge/", {"side": "ES"}).status_code == 404
