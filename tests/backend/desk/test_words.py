"""Words are found inside names by an index, where the database is large."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import Person
from backend.desk import finding
from backend.desk.finding import search_everything
from backend.projects.models import Project
from backend.schools.models import School
from tests.factories.people import SchoolFactory, officer, teacher
from tests.factories.projects import project

pytestmark = pytest.mark.django_db


def test_part_of_a_name_finds_it() -> None:
    ana = teacher("FR", given_name="Ana", family_name="Silva")
    assert search_everything(officer("FR"), "ilv").people == [ana]


def test_of_many_the_newest_are_shown_by_the_alphabet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SHOWN", 2)
    names = ("Ana", "Zoe", "Bea")
    _old, zoe, bea = (teacher("FR", given_name="Silva", family_name=name) for name in names)
    schools = [SchoolFactory(name=f"Silva {name}") for name in names]
    found = search_everything(officer("FR"), "silva")
    assert (found.people, found.schools, found.more) == ([bea, zoe], [schools[2], schools[1]], {"people", "schools"})


def test_people_of_the_own_country_are_found_before_those_abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = officer("FR")
    ours, abroad = teacher("FR", family_name="Silva"), teacher("PL", family_name="Silva", given_name="A")
    project(founders=(teacher("FR"), abroad))
    teacher("PL", family_name="Silva")  # whom nobody here works with
    found = search_everything(desk, "silva")
    assert (found.people, found.more) == ([abroad, ours], frozenset())
    monkeypatch.setattr(finding, "SHOWN", 1)
    found = search_everything(desk, "silva")
    assert (found.people, found.more) == ([ours], {"people"})


def test_schools_of_the_own_country_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SHOWN", 2)
    ours = SchoolFactory(name="Silva", country_id="FR")
    _older, abroad = (SchoolFactory(name=f"Silva {n}", country_id="PL") for n in range(2))
    for searching, schools in ((officer("FR"), [ours, abroad]), (officer("PL"), [_older, abroad])):
        found = search_everything(searching, "silva")
        assert (found.schools, found.more) == (schools, {"schools"})


def test_an_address_finds_its_person_and_asks_for_nothing_else() -> None:
    desk, ana = officer("FR"), teacher("FR", email="ana@school.example")
    SchoolFactory(name="ana@school.example")
    with CaptureQueriesContext(connection) as asked:
        found = search_everything(desk, " Ana@school.example ")
    assert (found.people, found.schools, found.projects) == ([ana], [], [])
    assert not any('FROM "schools_school"' in one["sql"] for one in asked.captured_queries)


# How a plan is asked for, and what it says: an index where the database is large, all rows where it has few
PLANS = {"postgresql": ("EXPLAIN", "{}_words"), "sqlite": ("EXPLAIN QUERY PLAN", "SCAN {}")}


@pytest.mark.parametrize("model", [Person, School, Project])
def test_on_postgresql_no_table_is_read_from_end_to_end(model: type[Person | School | Project]) -> None:
    explain, read = PLANS[connection.vendor]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of a few rows is read whole otherwise
        cursor.execute(f"{explain} SELECT id FROM {table} WHERE CAST(search_text AS text) LIKE '%silva%'")  # noqa: S608
        assert read.format(table) in "\n".join(str(row[-1]) for row in cursor.fetchall())
