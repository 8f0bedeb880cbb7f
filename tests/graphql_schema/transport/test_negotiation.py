"""What is answered, in which form, with which status."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client

from backend.accounts.sign_in import issue_token
from graphql_schema.http.negotiation import (
    EVENTS,
    JSON,
    PARTS,
    RESPONSE_JSON,
    media_type_for_result,
    media_type_for_stream,
)
from graphql_schema.http.problems import Problem
from tests.factories.people import teacher
from tests.support.api import Api

pytestmark = pytest.mark.django_db

APOLLO = "application/graphql-response+json,application/json;q=0.9"
APOLLO_STREAM = f"multipart/mixed;boundary=graphql;subscriptionSpec=1.0,{APOLLO}"
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/json; charset=utf-8", JSON),
        ("APPLICATION/JSON", JSON),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{JSON};q=0.5, {RESPONSE_JSON};q=0.6", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.5, {JSON}", JSON),
        (f"{RESPONSE_JSON};q=0, */*", JSON),
        (f"*/*;q=0.1, {RESPONSE_JSON};q=0.2", RESPONSE_JSON),
        (f"{JSON};q=nonsense, {RESPONSE_JSON}", RESPONSE_JSON),
        (APOLLO, RESPONSE_JSON),
        (APOLLO_STREAM, RESPONSE_JSON),
        (URQL, RESPONSE_JSON),
        (EVENTS, EVENTS),
    ],
)
def test_one_answer(accept: str, chosen: str) -> None:
    assert media_type_for_result(accept) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (EVENTS, EVENTS),
        ("text/*", EVENTS),
        (URQL, EVENTS),
        (APOLLO_STREAM, PARTS),
        ('multipart/mixed;boundary="graphql";subscriptionSpec="1.0"', PARTS),
        (f"{EVENTS};q=0.5, multipart/mixed;subscriptionSpec=1.0", PARTS),
        (f"multipart/mixed;subscriptionSpec=1.0, {EVENTS}", PARTS),
    ],
)
def test_a_stream(accept: str, chosen: str) -> None:
    assert media_type_for_stream(accept) == chosen


@pytest.mark.parametrize("accept", ["text/html", "application/xml", f"{JSON};q=0", "multipart/mixed", "nonsense/"])
def test_nothing_that_we_speak(accept: str) -> None:
    answer = Api().post("{ __typename }", Accept=accept)
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/json")
    assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_ACCEPTABLE"}


@pytest.mark.parametrize("accept", ["", "*/*", JSON, RESPONSE_JSON, "multipart/mixed"])
def test_no_stream_for_who_did_not_ask_for_one(accept: str) -> None:
    with pytest.raises(Problem) as refused:
        media_type_for_stream(accept)
    assert (refused.value.status_code, refused.value.code) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/graphql", "application/json-patch+json", "application/x-www-form-urlencoded",
     "xapplication/json", "application/json; charset=latin-1"],
)  # fmt: skip
def test_bodies_of_other_types(content_type: str) -> None:
    answer = Client().post("/graphql", b'{"query": "{ __typename }"}', content_type=content_type)
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNSUPPORTED_MEDIA_TYPE"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "BAD_REQUEST"),
        ({"query": "{ nothing }"}, "BAD_REQUEST"),
        ({"query": "query($id: ID!) { node(id: $id) { id } }"}, "BAD_REQUEST"),
        ({"query": "query A { __typename } query B { __typename }"}, "OPERATION_MISSING"),
        ({"query": "query A { __typename }", "operationName": "B"}, "OPERATION_MISSING"),
        ({"query": "fragment F on Query { __typename }"}, "OPERATION_MISSING"),
    ],
)
def test_what_is_not_executed_has_no_data(body: dict[str, Any], code: str) -> None:
    for accept, status in ((RESPONSE_JSON, 400), (JSON, 200)):
        answer = Client().post("/graphql", json.dumps(body), content_type=JSON, headers={"Accept": accept})
        assert answer.status_code == status, answer.content
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] == code
        assert answer["Cache-Control"] == "no-store"


def test_what_fails_while_it_is_executed_is_an_answer() -> None:
    answer = Api().post("{ schools(country: PL) { totalCount } }", Accept=RESPONSE_JSON)
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    assert answer.json()["errors"][0]["extensions"]["code"] == "PAGE_SIZE_MISSING"


def test_who_takes_only_events_gets_the_answer_as_one() -> None:
    answer = Api().post("{ __typename }", Accept=EVENTS)
    assert answer["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.content == b'event: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n'


def test_long_answers_are_compressed() -> None:
    packed = Api().post("{ countries { code label } }", **{"Accept-Encoding": "gzip"})
    plain = Api(Authorization=f"Bearer {issue_token(teacher())}").post("{ countries { code label } }")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert json.loads(gzip.decompress(packed.content))["data"] == plain.json()["data"]
    assert "Content-Encoding" not in plain
