"""Keys are compared as an array where PostgreSQL is, and find the same rows everywhere."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Prefetch
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import REGISTERED, Person
from backend.core.lookups import Code
from backend.core.models import new_id
from backend.projects.models import Project, ProjectMember
from tests.factories.people import teacher
from tests.factories.projects import workspace

pytestmark = pytest.mark.django_db
ARRAYS = connection.vendor == "postgresql"


def texts(rows: Any) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        list(rows)
    return [one["sql"] for one in asked.captured_queries]


def test_keys_are_one_parameter() -> None:
    people = [teacher() for _ in range(3)]
    keys = [person.pk for person in people]
    found = Person.objects.filter(pk__in=[*keys, keys[0], None, new_id()])
    assert set(found) == set(people)
    assert (" = ANY(" in texts(found.all())[0]) is ARRAYS
    assert set(Person.objects.exclude(pk__in=keys[:2]).filter(pk__in=keys)) == {people[2]}


def test_things_may_stand_for_their_keys() -> None:
    project = workspace().project
    members = set(project.members.all())
    assert set(ProjectMember.objects.filter(project__in=[project])) == members
    assert set(ProjectMember.objects.filter(project__in=[str(project.pk)])) == members
    assert set(ProjectMember.objects.filter(project__in=Project.objects.filter(pk=project.pk))) == members


@pytest.mark.parametrize("none", [[], [None]])
def test_no_keys_find_nothing_and_ask_nothing(none: list[Any]) -> None:
    assert texts(Person.objects.filter(pk__in=none)) == []


def test_other_columns_may_stand_among_the_keys() -> None:
    person = teacher()
    assert Person.objects.filter(pk__in=[F("id"), new_id()]).get(pk=person.pk) == person


def test_few_keys_are_found_once() -> None:
    project = workspace().project
    mine = ProjectMember.objects.filter(person=project.founders[0].person).values("project")
    assert list(Project.objects.filter(pk__among=mine)) == [project]
    assert ProjectMember.objects.filter(project__among=mine).count() == 2
    assert ("ANY(ARRAY(SELECT" in texts(Project.objects.filter(pk__among=mine))[0]) is ARRAYS


def test_what_a_key_leads_to_is_found_by_keys_not_by_tuples() -> None:
    members = workspace().project.members.order_by("pk")
    loaded = members.prefetch_related(Prefetch("person", Person.objects.all()))
    people = texts(loaded.all())[1].partition("WHERE")[2]
    assert (" = ANY(" if ARRAYS else " IN (") in people
    assert "((" not in people
    assert [m.person for m in loaded] == [Person.objects.get(project_members=m) for m in members]


def test_codes_are_written_into_the_statement() -> None:
    me = teacher()
    found = Person.objects.filter(REGISTERED, country=Code("FR"))
    sql, params = found.query.sql_with_params()
    assert list(found) == [me]
    assert (params, [sql.count(f"'{code}'") for code in ("STAFF", "VALIDATED", "FR")]) == ((), [1, 1, 1])
    with pytest.raises(ValueError, match="no code"):
        list(Person.objects.filter(country=Code("F' OR ''='")))
