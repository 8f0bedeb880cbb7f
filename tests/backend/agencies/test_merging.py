"""The same school, registered twice: everything moves to the record that survives."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, UniqueConstraint

from backend.accounts.models import Person
from backend.agencies.actions import merge_schools, validate_teacher
from backend.desk.models import Note
from backend.desk.notes import write_note
from backend.eventlog.models import Event, EventCountry
from backend.labels.models import LabelApplication, NationalLabel
from backend.monitoring.models import Work
from backend.notifications.models import Notification
from backend.projects.models import ProjectMember
from backend.schools.actions import join_school
from backend.schools.merging import references
from backend.schools.models import MembershipState, School, SchoolMembership, SchoolState
from backend.workspaces.actions.updates import post_update
from tests.factories.labels import application, awarded
from tests.factories.people import SchoolFactory, central, newcomer, officer, teacher
from tests.factories.projects import workspace
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db
WHY = "The same school twice."


def merged(school: School, into: School) -> School:
    return merge_schools(school, actor=officer(school.country_id), into=into, reason=WHY)


def labelled(school: School) -> None:
    """A teacher of the school founded a project and won a label: rows of every area that knows schools."""
    awarded(application(workspace(founders=(teacher("FR", school=school), teacher("PL"))).project))


def worked(school: School) -> None:
    """A teacher of the school did something in a workspace."""
    room = workspace(founders=(teacher("FR", school=school), teacher("PL")))
    post_update(room, actor=room.project.founders[0].person, text="We met.")


# Each foreign key to School there is, and how a row that holds it comes about.
POINTING: dict[tuple[type[Model], str], Callable[[School], object]] = {
    (Person, "school"): lambda school: newcomer("FR", school=school),
    (SchoolMembership, "school"): lambda school: newcomer("FR", school=school),
    (School, "merged_into"): lambda school: merged(SchoolFactory(), school),
    (ProjectMember, "school"): labelled,
    (LabelApplication, "school"): labelled,
    (NationalLabel, "school"): labelled,
    (Work, "school"): worked,
    (Note, "school"): lambda school: write_note(school, actor=officer("FR"), text="Call in May."),
}


def keys_to_schools() -> set[tuple[type[Model], str]]:
    fields = ((model, field) for model in apps.get_models() for field in model._meta.get_fields())
    return {(model, f.name) for model, f in fields if isinstance(f, ForeignKey) and f.related_model is School}


def test_every_foreign_key_to_a_school_is_known_here_and_moves() -> None:
    assert keys_to_schools() == set(POINTING), "say how a row of it comes about, so that its moving is tried"
    assert {(relation.related_model, relation.field.name) for relation in references()} == set(POINTING)


@pytest.mark.parametrize("key", list(POINTING), ids=lambda key: f"{key[0].__name__}.{key[1]}")
def test_whatever_points_at_a_school_moves(key: tuple[type[Model], str]) -> None:
    school, into, (model, name) = SchoolFactory(), SchoolFactory(), key
    POINTING[key](school)
    rows = {*model._base_manager.filter(**{name: school}).values_list("pk", flat=True)}
    assert rows
    merged(school, into)
    assert not model._base_manager.filter(**{name: school}).exists()
    assert {*model._base_manager.filter(**{name: into}).values_list("pk", flat=True)} >= rows


def test_no_other_rule_of_the_database_stands_in_the_way_of_a_move() -> None:
    """Moving rows could break a unique constraint with the school in it: memberships collapse, no other has one."""
    for model, name in POINTING:
        unique = [c for c in model._meta.constraints if isinstance(c, UniqueConstraint) and name in c.fields]
        assert [c.name for c in unique] == (["school_membership_once"] if model is SchoolMembership else [])


def test_double_memberships_collapse_to_the_better_state() -> None:
    school, into, desk = SchoolFactory(), SchoolFactory(), officer("FR")
    validated_there, validated_here = teacher("FR", school=school), teacher("FR", school=into)
    join_school(into, actor=validated_there)
    join_school(school, actor=validated_here)
    once_rejected = teacher("FR", school=into)
    once_rejected.school_memberships.create(school=school, state=MembershipState.REJECTED)
    merge_schools(school, actor=desk, into=into, reason=WHY)
    for person in (validated_there, validated_here):
        assert person.school_memberships.get().state == MembershipState.VALIDATED
        person.refresh_from_db()
        assert (person.school, person.due_at) == (into, None)
    assert sorted(place.state for place in once_rejected.school_memberships.all()) == ["REJECTED", "VALIDATED"]
    assert not Person.objects.waiting_for(desk).exists()


def test_a_newcomer_of_the_merged_school_still_waits_and_is_validated_at_the_survivor() -> None:
    school, into = SchoolFactory(state=SchoolState.PROPOSED), SchoolFactory()
    person = newcomer("FR", school=school)
    merged(school, into)
    validated = validate_teacher(person, actor=officer("FR"))
    assert (validated.school, validated.school_memberships.get().state) == (into, MembershipState.VALIDATED)


def test_number_and_missing_details_fill_the_gaps_of_the_survivor() -> None:
    school = SchoolFactory(
        official_number="0690001A", address="1, rue Neuve", web_site="https://a.example", ages_from=3, ages_to=8,
        latitude=45.7, longitude=4.8, principal_name="M. Blanc", principal_email="a@a.example", presentation="We are.",
    )  # fmt: skip
    into = SchoolFactory(name="Lycée", web_site="https://b.example", ages_from=15, principal_name="Mme Noir")
    merged(school, into)
    into.refresh_from_db()
    assert (into.official_number, into.address, into.web_site) == ("0690001A", "1, rue Neuve", "https://b.example")
    assert (into.ages_from, into.ages_to, into.latitude, into.longitude) == (15, None, 45.7, 4.8)
    assert (into.principal_name, into.principal_email) == ("Mme Noir", "")
    assert (into.name, into.presentation, into.public_name, into.version) == ("Lycée", "We are.", "", 2)
    school.refresh_from_db()
    assert school.official_number == "0690001A", "an import knows it by this number"


def test_the_survivors_own_number_stays() -> None:
    school, into = SchoolFactory(official_number="1"), SchoolFactory(official_number="2")
    merged(school, into)
    into.refresh_from_db()
    assert (into.official_number, into.version) == ("2", 1)


def test_the_merged_school_says_into_which_it_went_to_those_who_saw_it() -> None:
    public, into = SchoolFactory(), SchoolFactory()
    member, proposer, outsider = teacher("FR"), newcomer("FR"), teacher("FR")
    hidden = SchoolFactory(state=SchoolState.PROPOSED, proposed_by=proposer)
    member.school_memberships.create(school=hidden)
    for school in (public, hidden):
        done = merged(school, into)
        assert (done.state, done.merged_into, done.state_reason) == (SchoolState.MERGED, into, WHY)
    readers = {"visitor": None, "member": member, "proposer": proposer, "outsider": outsider}
    readers |= {"FR": officer("FR"), "PL": officer("PL")}
    for school, expected in ((public, set(readers)), (hidden, {"member", "proposer", "FR"})):
        seen = {name for name, reader in readers.items() if School.objects.visible_to(reader).filter(pk=school.pk)}
        assert seen == expected


def test_a_chain_of_merges_ends_at_the_last_survivor() -> None:
    first, second, third = SchoolFactory(), SchoolFactory(), SchoolFactory()
    merged(first, second)
    merged(second, third)
    first.refresh_from_db()
    assert first.merged_into == third
    with refused("school_gone"):
        merged(first, third)


def test_its_people_are_told_and_the_desk_knows() -> None:
    school, into, desk = SchoolFactory(), SchoolFactory(), officer("FR")
    people = [teacher("FR", school=school), newcomer("FR", school=school)]
    merge_schools(school, actor=desk, into=into, reason=WHY)
    event = Event.objects.get(kind="school.merged")
    assert (event.subject_id, event.actor, event.data) == (school.pk, desk, {"into": str(into.pk)})
    assert {*Notification.objects.filter(event=event).values_list("recipient", flat=True)} == {p.pk for p in people}
    assert EventCountry.objects.get(event=event).country_id == "FR"


def test_what_is_refused() -> None:
    school, into, desk = SchoolFactory(), SchoolFactory(), officer("FR")
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR", school=school)):
        with refused("not_permitted"):
            merge_schools(school, actor=actor, into=into, reason=WHY)
    abroad, proposed = SchoolFactory(country_id="PL"), SchoolFactory(state=SchoolState.PROPOSED)
    for code, target, reason in (
        ("merge_abroad", abroad, WHY),
        ("merge_with_itself", school, WHY),
        ("school_not_validated", proposed, WHY),
        ("reason_missing", into, " "),
    ):
        with refused(code):
            merge_schools(school, actor=desk, into=target, reason=reason)
    with refused("merge_abroad"):
        merge_schools(school, actor=central(), into=abroad, reason=WHY)
    school.refresh_from_db()
    assert (school.state, school.merged_into) == (SchoolState.VALIDATED, None)
