"""What operations cost, and what is charged when an answer was longer than expected."""

from typing import Any

import pytest
import time_machine
from graphql import get_operation_ast, parse

from backend.vocabulary.models import Language
from graphql_schema.limits import budgets
from graphql_schema.limits.costs import LISTS, cost_of, objects_in
from graphql_schema.schema import schema
from tests.factories.people import teacher
from tests.support.api import Api

PAGE = "query($n: Int = 7) { schools(first: $n) { edges { node { name country { code } } } } }"
PERSON = "name school { name country { code } }"


def cost(document: str, **variables: Any) -> int:
    node = parse(document)
    operation = get_operation_ast(node)
    assert operation
    return cost_of(schema._schema, node, operation, variables)


@pytest.mark.parametrize(
    ("document", "variables", "expected"),
    [
        ("{ __typename }", {}, 0),
        ("{ viewer { login person { name } } }", {}, 2),
        # a connection, and for each row an edge, a node and a country
        (PAGE, {}, 1 + 7 * 3),
        (PAGE, {"n": 100}, 1 + 100 * 3),
        (PAGE, {"n": 100_000}, 1 + 100 * 3),
        (PAGE, {"n": None}, 1),
        ("{ schools(last: 5) { totalCount } }", {}, 1 + 5 + 10),
        ("{ schools(first: 5) { edges { cursor } b: edges { cursor } } }", {}, 1 + 5 * 2),
        ("{ ...F ...F } fragment F on Query { viewer { login } }", {}, 2),
        ("{ a: viewer { login } b: viewer { login } }", {}, 2),
        ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["x"] * 40}, 40),
        # one of several kinds: the dearest
        ('{ node(id: "x") { ... on Person { school { name } } ... on School { name } id } }', {}, 2),
        ("{ workspaces(first: 10) { edges { node { updates(first: 10) { edges { node { text } } } } } } }", {}, (
            1 + 10 * (2 + 1 + 10 * 2)
        )),
        ("mutation($i: ValidateTeachersInput!) { validateTeachers(input: $i) { __typename } }", {"i": {"a": ["x"] * 9}}, (
            10 + 9 + 1
        )),
        ("{ __schema { types { name } } }", {}, 500),
    ],
)  # fmt: skip
def test_costs(document: str, variables: dict[str, Any], expected: int) -> None:
    assert cost(document, **variables) == expected


def test_amplification_shows() -> None:
    inside = "{ edges { node { a: thread { posts(first: 100) { edges { node { text } } } } } } }"
    assert cost(f'{{ node(id: "x") {{ ... on Thread {{ posts(first: 100) {inside} }} }} }}') == 2 + 100 * (
        2 + 1 + 1 + 200
    )


PROJECTS = f"""{{ projects(first: 50) {{ totalCount edges {{ node {{ title members {{ role person {{ {PERSON} }} }}
  subjects {{ label }} languages {{ label }} }} }} }} }}"""
POSTS = f"""{{ node(id: "x") {{ ... on Thread {{ posts(first: 100) {{ totalCount edges {{ node {{ text
  author {{ {PERSON} }} }} }} }} }} }} }}"""
TEACHERS = f"""{{ teachers(first: 100) {{ totalCount edges {{ node {{ {PERSON} subjects {{ label }} languages {{ label }}
  matchReasons {{ kind }} }} }} }} }}"""


@pytest.mark.parametrize("document", [PROJECTS, POSTS, TEACHERS])
def test_pages_of_front_ends_are_far_below_the_budget(document: str) -> None:
    assert cost(document) < 5_000


def test_lists_are_named_right() -> None:
    for name in LISTS:
        kind, _, field = name.partition(".")
        assert field in schema._schema.type_map[kind].fields  # type: ignore[attr-defined]


def test_objects_are_counted() -> None:
    assert objects_in({"a": {"b": [{"c": 1}, {"c": {"d": None}}, None]}, "e": [["x"]]}) == 4
    assert objects_in(None) == 0


@pytest.mark.django_db
def test_what_an_answer_held_beyond_the_expected_is_charged(settings: Any) -> None:
    settings.COST_BUDGET = 1
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }  # Redis has its own time
    budgets.buckets.cache_clear()
    person = teacher("FR")
    person.languages.set(Language.objects.all()[:25])
    with time_machine.travel("2026-03-06T12:00:00Z", tick=False):
        answer = Api(person).post("{ viewer { person { languages { code } } } }").json()
    assert len(answer["data"]["viewer"]["person"]["languages"]) == 25
    paid = answer["extensions"]["cost"]
    assert (paid["requested"], paid["charged"]) == (12, 27)
    assert paid["available"] == 20_000 - 27
