"""The schema is described, exported, and polite about what clients send."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLUnionType,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_introspection_type,
    is_object_type,
)

from backend.accounts.models import Person
from backend.workspaces.actions.updates import post_update
from graphql_schema.schema import schema
from tests.factories.people import SchoolFactory, teacher
from tests.factories.projects import workspace
from tests.support.api import Api, gid

ROOT = Path(__file__).resolve().parents[2]
TYPES = {name: t for name, t in schema._schema.type_map.items() if not is_introspection_type(t)}


def test_the_export_is_current() -> None:
    assert (ROOT / "graphql_schema/schema.graphql").read_text().strip() == schema.as_str().strip()


def test_everything_is_described() -> None:
    bare = [name for name, t in TYPES.items() if not t.description]
    for name, t in TYPES.items():
        if is_enum_type(t):
            bare += [f"{name}.{value}" for value, v in t.values.items() if not v.description]
        if is_input_object_type(t) or is_object_type(t) or is_interface_type(t):
            bare += [f"{name}.{field}" for field, f in t.fields.items() if not f.description]
        if is_object_type(t):
            for field, f in t.fields.items():
                bare += [f"{name}.{field}({argument})" for argument, a in f.args.items() if not a.description]
    assert bare == []


def test_mutations_take_one_input_and_refuse_as_data() -> None:
    for name, field in schema._schema.mutation_type.fields.items():  # type: ignore[union-attr]
        assert isinstance(field.type.of_type, GraphQLUnionType), name
        assert "OperationInfo" in {t.name for t in field.type.of_type.types}, name
        assert list(field.args) == ["input"]
        given = get_nullable_type(field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)
        assert "clientMutationKey" in given.fields, name


def codes(answer: Any) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json()["errors"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("", "PAGE_SIZE_MISSING"),
        ("(first: 1, last: 1)", "PAGE_SIZE_MISSING"),
        ("(first: 101)", "PAGE_TOO_LARGE"),
        ("(first: -1)", "PAGE_TOO_LARGE"),
        ('(first: 1, after: "nonsense")', "BAD_CURSOR"),
        ('(first: 1, after: "b3JkZXJlZGN1cnNvcjpbIngiXQ==")', "BAD_CURSOR"),
    ],
)
def test_pages_have_a_size_and_cursors_are_ours(arguments: str, code: str) -> None:
    assert codes(Api().post(f"{{ schools{arguments} {{ edges {{ node {{ name }} }} }} }}")) == [code]


@pytest.mark.django_db
def test_pages_follow_each_other_though_rows_come_in() -> None:
    for n in range(5):
        SchoolFactory(name=f"S{n}")
    api, seen, after = Api(), [], None
    document = "query($a: String) { schools(first: 2, after: $a) { edges { node { name } } pageInfo { endCursor hasNextPage } } }"
    for _ in range(3):
        page = api.ask(document, a=after)["schools"]
        seen += [edge["node"]["name"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        SchoolFactory(name="late")
    assert seen == ["S0", "S1", "S2", "S3", "S4", "late"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "nonsense", "UGVyc29uOjE=", "UGVyc29uOg==", "TmFtZTox", "é", "x" * 5000])
def test_malformed_ids_name_nothing(key: str) -> None:
    api = Api(teacher())
    assert api.ask("query($id: ID!) { node(id: $id) { id } project(id: $id) { id } }", id=key) == {
        "node": None,
        "project": None,
    }
    assert api.refused("requestContact", personId=key) == ["not_found"]


@pytest.mark.django_db
def test_nodes_are_found_by_who_may_see_them() -> None:
    room = workspace()
    founder = room.project.founders[0].person
    update = post_update(room, actor=founder, text="News")
    ids = [gid(room), gid(update), gid(founder), gid(room.project)]
    document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    assert [n["__typename"] for n in Api(Person.objects.get(pk=founder.pk)).ask(document, ids=ids)["nodes"]] == [
        "Workspace",
        "Update",
        "Person",
        "Project",
    ]
    assert [n and n["__typename"] for n in Api(teacher()).ask(document, ids=ids)["nodes"]] == [
        None,
        None,
        "Person",
        "Project",
    ]
    assert Api().ask(document, ids=ids) == {"nodes": [None] * 4}
