"""An answer never holds more than was paid for, whatever is asked."""

from collections import Counter
from typing import Any

import pytest

from backend.accounts.models import Person
from graphql_schema.limits.documents import document_of
from graphql_schema.schema import schema
from graphql_schema.viewer import Context
from tests.factories.people import central, officer, teacher
from tests.factories.projects import project
from tests.factories.scene import Scene
from tests.graphql_schema.limits.writing import Writer
from tests.support.api import gid

pytestmark = pytest.mark.django_db
QUERIES = 1_000


def rows(value: Any) -> int:
    """The objects of an answer: counted apart from how the API counts them."""
    if isinstance(value, dict):
        return 1 + sum(map(rows, value.values()))
    return sum(map(rows, value)) if isinstance(value, list) else 0


def world() -> tuple[list[Person], dict[str, list[str]]]:
    """Viewers, and ids of everything that is there."""
    scene = Scene()
    for n in range(12):
        project(founders=(scene.founder, scene.other), title=f"P{n}")
    things = [v for v in vars(scene).values() if hasattr(v, "pk")] + [scene.room.project, scene.founder]
    viewers = [scene.founder, scene.other, scene.pupil.person, teacher("FR"), officer("FR"), central()]
    ids: dict[str, list[str]] = {}
    for thing in things:
        ids.setdefault(type(thing).__name__, []).append(gid(thing))
    return [Person.objects.get(pk=viewer.pk) for viewer in viewers], ids


def test_cost_is_never_below_the_rows_returned(settings: Any) -> None:
    settings.COST_BUDGET = 10**6
    viewers, ids = world()
    writer = Writer(schema._schema, ids, seed=20260101)
    seen: Counter[str] = Counter()
    while seen["queries"] < QUERIES:
        document, variables = writer.query()
        if document_of(document).errors(schema._schema, is_helpful=False):
            seen["not valid"] += 1  # chance gave two types' fields one name
            continue
        context = Context(viewer=viewers[seen["queries"] % len(viewers)])
        result = schema.execute_sync(document, variable_values=variables, context_value=context)
        assert "UNEXPECTED" not in [error.extensions["code"] for error in result.errors or ()], document
        cost = result.extensions["cost"]
        returned = rows(result.data) - 1 if result.data else 0
        assert cost["requested"] >= returned, (document, variables)
        seen.update(
            {
                "queries": 1,
                "rows": returned,
                "with rows": returned > 3,
                "cost": cost["requested"],
                "pages": "first:" in document,
                "fragments": "fragment F" in document,
                "lists of ids": "ids:" in document,
            }
        )
    print(dict(seen))
    assert seen["not valid"] < QUERIES
    assert seen["with rows"] > QUERIES // 2
    assert seen["rows"] > QUERIES * 6
    assert min(seen["pages"], seen["fragments"], seen["lists of ids"]) > QUERIES // 50
