"""What clients meet at the limits: codes over HTTP and sockets, and what visitors are not told."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from graphql import get_introspection_query

from graphql_schema.limits.documents import KEPT, KEPT_TEXT, Shelf
from tests.factories.people import teacher
from tests.graphql_schema.limits.hostile import deep_json
from tests.support.api import Api
from tests.support.server import Server
from tests.support.sockets import receive, send, socket

NODE = "query($id: ID!) { node(id: $id) { id } }"


def codes(answer: Any) -> list[str]:
    return [error["extensions"]["code"] for error in answer.json()["errors"]]


@pytest.mark.django_db
def test_variables_have_limits() -> None:
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert codes(Api().post(ids, {"ids": ["a"] * 251})) == ["LIST_TOO_LONG"]
    assert codes(Api().post(NODE, {"id": "x" * 262_145})) == ["VARIABLES_TOO_LARGE"]
    assert codes(Api().post(NODE, {"id": deep_json(33)})) == ["VARIABLES_TOO_DEEP"]
    assert Api().post(NODE, {"id": "x" * 200_000}).json()["data"] == {"node": None}
    assert Api().post(NODE, {"id": "x" * 1_100_000}).status_code == 413


@pytest.mark.django_db
def test_visitors_do_not_explore_the_schema(settings: Any) -> None:
    settings.DEBUG = False
    person = teacher()
    for document in (get_introspection_query(), '{ __type(name: "Query") { name } }'):
        assert codes(Api().post(document)) == ["INTROSPECTION_CLOSED"]
        assert "errors" not in Api(person).post(document).json()
    assert Api().ask("{ __typename }") == {"__typename": "Query"}
    wrong = "{ viewer { logim } }", "query($s: SchoolState) { schools(state: $s, first: 1) { totalCount } }"
    for document in wrong:
        told = [api.post(document, {"s": "VALIDATEDD"}).json()["errors"][0]["message"] for api in (Api(), Api(person))]
        assert ["Did you mean" in message for message in told] == [False, True]
    settings.DEBUG = True
    assert "errors" not in Api().post(get_introspection_query()).json()


@pytest.mark.django_db
def test_one_login_in_a_document() -> None:
    twice = "mutation { " + 'a: login(input: {login: "a", password: "b"}) { __typename } ' * 2 + "}"
    assert codes(Api().post(twice)) == ["TOO_MANY_MUTATIONS"]


def test_documents_are_kept_while_there_is_room() -> None:
    shelf = Shelf()
    for n in range(KEPT + 50):
        shelf.get(f"query Q{n} {{ __typename }}")
    assert len(shelf.documents) == KEPT
    for n in range(60):
        shelf.get(f"query R{n} {{ __typename }} #" + "x" * 60_000)
    assert len(shelf.documents) == KEPT_TEXT // 60_000
    assert shelf.text == sum(map(len, shelf.documents)) <= KEPT_TEXT
    first = next(iter(shelf.documents))
    kept = shelf.get(first)
    assert shelf.get(first) is kept


@pytest.mark.django_db
def test_a_request_that_takes_too_long_begins_nothing_more(settings: Any) -> None:
    settings.REQUEST_TIMEOUT = -1.0
    assert codes(Api().post("{ countries { code } }")) == ["TIMED_OUT"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_statement_that_lasts_is_ended() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no such limit
    blocker = connections.create_connection("default")
    try:
        blocker.set_autocommit(False)
        with blocker.cursor() as cursor:
            cursor.execute("LOCK TABLE schools_school IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '300ms'")
        answer = Api().post("{ schools(first: 1) { totalCount } }")
        assert codes(answer) == ["TIMED_OUT"]
    finally:
        blocker.rollback()
        blocker.close()
        connection.close()


@pytest.mark.live
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
async def test_sockets_pay_too(tmp_path: Path) -> None:
    server = Server(tmp_path, COST_BUDGET="1").start()
    try:
        async with socket(server) as visitor:
            payload = {"query": "{ schools(first: 100) { edges { node { name country { code } } } } }"}
            for n in range(40):
                await send(visitor, id=str(n), type="subscribe", payload=payload)
                message = await receive(visitor)
                if message["type"] == "error":
                    break
                assert message["payload"]["extensions"]["cost"]["charged"] == 301
                assert (await receive(visitor))["type"] == "complete"
            assert message["payload"][0]["extensions"]["code"] == "THROTTLED"
            await send(
                visitor, id="deep", type="subscribe", payload={"query": NODE, "variables": {"id": deep_json(33)}}
            )
            assert (await receive(visitor))["payload"][0]["extensions"]["code"] == "VARIABLES_TOO_DEEP"
    finally:
        server.stop()
