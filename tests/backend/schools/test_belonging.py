"""Joining, leaving and choosing schools: one account, one main school."""

import pytest
from django.core.management import call_command

from backend.accounts.models import Person, PersonState
from backend.agencies.actions import request_information, validate_teacher
from backend.eventlog.models import Event, EventCountry
from backend.monitoring.rollups.proof import differences
from backend.schools.actions import choose_school, join_school, leave_school, move_to_country
from backend.schools.models import MembershipState, School, SchoolState
from backend.workspaces.actions.chat import open_chat_room, start_chat_duty
from backend.workspaces.actions.updates import post_update
from backend.workspaces.models import ChatRoom
from tests.factories.people import SchoolFactory, newcomer, officer, teacher
from tests.factories.projects import workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def of_two_schools() -> tuple[Person, School, School]:
    """A teacher whose further school was checked."""
    person = teacher("FR")
    first, further = person.school, SchoolFactory(country_id="FR")
    assert first
    join_school(further, actor=person)
    validate_teacher(person, actor=officer("FR"))
    return Person.objects.get(pk=person.pk), first, further


def states(person: Person) -> dict[School, str]:
    return {place.school: place.state for place in person.school_memberships.all()}


def test_a_person_moves_to_another_school_with_the_same_account() -> None:
    person, first, further = of_two_schools()
    assert choose_school(further, actor=person).school == further
    leave_school(first, actor=person)
    person.refresh_from_db()
    assert (person.school, person.state) == (further, PersonState.VALIDATED)
    assert states(person) == {first: "LEFT", further: "VALIDATED"}
    told = Event.objects.filter(actor=person, kind__in=("school.chosen", "school.left")).order_by("pk")
    assert [(event.kind, event.subject_id) for event in told] == [
        ("school.chosen", further.pk),
        ("school.left", first.pk),
    ]
    assert {*EventCountry.objects.filter(event__in=told).values_list("country", flat=True)} == {"FR"}


def test_leaving_the_main_school_makes_the_other_one_main() -> None:
    person, first, further = of_two_schools()
    leave_school(first, actor=person)
    person.refresh_from_db()
    assert person.school == further


def test_the_last_school_stays_until_there_is_another() -> None:
    person = teacher("FR")
    assert person.school
    join_school(SchoolFactory(country_id="FR"), actor=person)  # waits for its check
    with refused("last_school"):
        leave_school(person.school, actor=person)
    assert states(person)[person.school] == MembershipState.VALIDATED
    closed = SchoolFactory(country_id="FR", state=SchoolState.CLOSED)
    person.school_memberships.create(school=closed, state=MembershipState.VALIDATED)
    with refused("last_school"):
        leave_school(person.school, actor=person)


def test_whoever_withdraws_from_a_further_school_waits_no_longer() -> None:
    person, further = teacher("FR"), SchoolFactory(country_id="FR")
    join_school(further, actor=person)
    person.refresh_from_db()
    assert person.due_at is not None
    assert leave_school(further, actor=person).state == MembershipState.LEFT
    person.refresh_from_db()
    assert person.due_at is None
    assert not Person.objects.waiting_for(officer("FR")).exists()


def test_a_newcomer_may_change_their_mind() -> None:
    person = newcomer("FR")
    assert person.school
    leave_school(person.school, actor=person)
    person.refresh_from_db()
    assert (person.school, person.state) == (None, PersonState.PENDING)


def test_what_is_refused() -> None:
    person, other = teacher("FR"), SchoolFactory(country_id="FR")
    for rule in (leave_school, choose_school):
        with refused("not_member_of_school"):
            rule(other, actor=person)
    join_school(other, actor=person)
    with refused("not_member_of_school"):
        choose_school(other, actor=person)
    fresh = newcomer("FR")
    assert fresh.school
    with refused("person_not_validated"):
        choose_school(fresh.school, actor=fresh)
    person.refresh_from_db()
    assert person.school != other


def test_a_closed_school_is_neither_joined_nor_chosen() -> None:
    person = teacher("FR")
    closed = SchoolFactory(country_id="FR", state=SchoolState.CLOSED)
    with refused("school_not_open"):
        join_school(closed, actor=person)
    person.school_memberships.create(school=closed, state=MembershipState.VALIDATED)
    with refused("school_closed"):
        choose_school(closed, actor=person)


def test_choosing_the_same_school_again_records_nothing() -> None:
    person = teacher("FR")
    assert person.school
    before = Event.objects.count()
    assert choose_school(person.school, actor=person).school == person.school
    assert Event.objects.count() == before


def test_who_moves_abroad_is_on_duty_nowhere_and_owes_no_answer() -> None:
    room = workspace()
    person = room.project.founders[0].person
    chat = start_chat_duty(open_chat_room(room, actor=person, title="Chat"), actor=person, minutes=30)
    assert chat.is_supervised
    move_to_country(actor=person, country="IT")
    assert not ChatRoom.objects.get().is_supervised
    fresh = newcomer("FR")
    request_information(fresh, actor=officer("FR"), question="Which school?")
    move_to_country(actor=Person.objects.get(pk=fresh.pk), country="IT")
    assert not fresh.inquiries.filter(answered_at=None).exists()


def test_who_moves_abroad_keeps_the_account_and_waits_for_the_new_agency() -> None:
    room = workspace()
    person, old = room.project.founders[0].person, officer("FR")
    school = person.school
    call_command("rebuild_statistics")
    person = move_to_country(actor=person, country="IT")
    assert (person.country_id, person.school, person.state) == ("IT", None, "PENDING")
    assert person.due_at
    assert [place.state for place in person.school_memberships.filter(school=school)] == ["LEFT"]
    for desk, waits in ((officer("IT"), True), (old, False)):
        assert Person.objects.waiting_for(desk).filter(pk=person.pk).exists() == waits
    with refused("not_permitted"):
        post_update(room, actor=person, text="Hello from Rome")
    event = Event.objects.get(kind="person.moved")
    assert set(EventCountry.objects.filter(event=event).values_list("country", flat=True)) == {"FR", "IT"}
    assert list(differences()) == []
    join_school(SchoolFactory(country_id="IT"), actor=person)
    validate_teacher(person, actor=officer("IT"))
    person.refresh_from_db()
    assert post_update(room, actor=person, text="Hello from Rome").author == person
    for country, code in (("IT", "country_is_yours"), ("XX", "country_unknown")):
        with refused(code):
            move_to_country(actor=person, country=country)
