"""Two officers merge crosswise while people join: one record stays, and everybody is there."""

import pytest

from backend.accounts.models import Person
from backend.agencies.actions import merge_schools, validate_teacher
from backend.schools.actions import join_school
from backend.schools.models import PRESENT, School, SchoolMembership
from tests.backend.races import at_once
from tests.factories.people import SchoolFactory, newcomer, officer, teacher


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_merging_crosswise_while_people_come_in() -> None:
    one, other, desk = SchoolFactory(), SchoolFactory(), officer("FR")
    joining, waiting = [teacher("FR") for _ in range(3)], [newcomer("FR", school=one) for _ in range(3)]
    at_once(
        lambda: merge_schools(one, actor=desk, into=other, reason="Twice"),
        *(lambda person=person: join_school(one, actor=person) for person in joining),
        *(lambda person=person: validate_teacher(person, actor=desk) for person in waiting),
        lambda: merge_schools(other, actor=desk, into=one, reason="Twice"),
    )
    gone, stays = School.objects.filter(pk__in=(one.pk, other.pk)).order_by("state")
    assert (gone.state, gone.merged_into, stays.state) == ("MERGED", stays, "VALIDATED")
    assert not SchoolMembership.objects.filter(school=gone, state__in=PRESENT).exists()
    assert not Person.objects.filter(school=gone).exists()
    settled = stays.memberships.filter(state="VALIDATED").values_list("person", flat=True)
    assert {*settled} == {person.pk for person in waiting}
