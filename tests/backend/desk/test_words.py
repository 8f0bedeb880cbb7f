"""Words are found inside names by an index, where the database is large."""

import pytest
from django.db import connection

from backend.accounts.models import Person
from backend.desk.finding import search_everything
from backend.projects.models import Project
from backend.schools.models import School
from tests.factories.people import officer, teacher

pytestmark = pytest.mark.django_db


def test_part_of_a_name_finds_it() -> None:
    ana = teacher("FR", given_name="Ana", family_name="Silva")
    assert search_everything(officer("FR"), "ilv").people == [ana]


@pytest.mark.parametrize("model", [Person, School, Project])
def test_on_postgresql_no_table_is_read_from_end_to_end(model: type[Person | School | Project]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        table = model._meta.db_table
        cursor.execute(f"EXPLAIN SELECT id FROM {table} WHERE search_text::text LIKE '%silva%'")  # noqa: S608
        assert f"{table}_words" in "\n".join(row for [row] in cursor.fetchall())
