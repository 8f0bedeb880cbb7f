"""What a reading rule finds over a relation to many stands in a query of its own. As a join beside alternatives it would
be made for the whole table, whatever else narrows it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignObjectRel, Subquery
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode

from backend.accounts.models import Person
from tests.factories.people import central, officer, teacher
from tests.factories.projects import pupil, workspace


def a_pupil() -> Person:
    room = workspace()
    return pupil(room, actor=room.project.founders[0].person)


def a_member() -> Person:
    return workspace().project.founders[0].person


WHO: dict[str, Callable[[], Person | None]] = {
    "visitor": lambda: None, "teacher": teacher, "member": a_member, "pupil": a_pupil, "officer": officer, "central": central,
}  # fmt: skip


def inside(part: Any) -> Iterator[Query]:
    """The queries of a condition; their own come with them."""
    if isinstance(part, Subquery):
        part = part.query
    if isinstance(part, Query):
        yield part
        part = part.where
    for each in getattr(part, "children", None) or getattr(part, "get_source_expressions", list)():
        yield from inside(each)


def alternatives(part: Any) -> bool:
    """Whether there is an OR, subqueries left aside."""
    return isinstance(part, WhereNode) and (part.connector == "OR" or any(map(alternatives, part.children)))


def joined(query: Query) -> list[str]:
    """The relations to many that it joins."""
    rels = (getattr(table, "join_field", None) for table in query.alias_map.values())
    return [rel.name for rel in rels if isinstance(rel, ForeignObjectRel) and rel.multiple]


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_relations_to_many_are_asked_apart(who: str) -> None:
    viewer = WHO[who]()
    rules = {
        model: rule for model in apps.get_models() if (rule := getattr(model._default_manager, "visible_to", None))
    }
    assert len(rules) >= 50
    found = {model._meta.label: list(inside(rule(viewer).query)) for model, rule in rules.items()}
    assert {label: joined(first) for label, [first, *_] in found.items() if joined(first)} == {}
    wide = [label for label, every in found.items() for query in every if joined(query) and alternatives(query.where)]
    assert wide == []
