"""Speaking to /graphql in tests, as a signed-in person or a visitor."""

import json
from typing import Any

from asgiref.sync import async_to_sync
from django.test import Client

from backend.accounts.models import Person
from graphql_schema.lookup import global_id

REFUSED = "... on OperationInfo { messages { kind field code message } }"


def client_of(person: Person | None) -> Client:
    """A browser in which this person is signed in; a visitor's for nobody."""
    client = Client()
    if person:
        client.force_login(person)
    return client


class Api:
    """A front end of one person."""

    def __init__(self, person: Person | None = None, **headers: str) -> None:
        self.client = Client(headers=headers)
        if person:
            self.client.force_login(person)

    def post(self, document: str, variables: dict[str, Any] | None = None, **headers: str) -> Any:
        body = json.dumps({"query": document, "variables": variables or {}})
        return self.client.post("/graphql", body, content_type="application/json", headers=headers)

    def ask(self, document: str, **variables: Any) -> Any:
        """The data of a query; fails on errors."""
        answer = self.post(document, variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def do(self, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
        """Run a mutation; returns its payload with `__typename`."""
        name = mutation[:1].upper() + mutation[1:]
        document = (
            f"mutation Do($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename {fields} {REFUSED} }} }}"
        )
        answer = self.ask(document, input=given)
        payload: dict[str, Any] = answer[mutation]
        return payload

    def refused(self, mutation: str, **given: Any) -> list[str]:
        """The codes a mutation is refused with."""
        payload = self.do(mutation, "", **given)
        assert payload["__typename"] == "OperationInfo", payload
        return [message["code"] for message in payload["messages"]]


def gid(thing: Any) -> str:
    return global_id(thing)


def body_of(answer: Any) -> bytes:
    """What a streamed answer holds; reading it closes the file."""

    async def collect() -> bytes:
        return b"".join([piece async for piece in answer])

    found: bytes = async_to_sync(collect)()
    return found
