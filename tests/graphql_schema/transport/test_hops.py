"""How often a request changes threads: each time costs more than many a middleware."""

import json

import pytest
from asgiref.sync import SyncToAsync
from asgiref.testing import ApplicationCommunicator

from backend.config.asgi import application

QUERY = json.dumps({"query": "{ __typename }"}).encode()
SCOPE = {
    "type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "http_version": "1.1",
    "headers": [(b"host", b"testserver"), (b"content-type", b"application/json")],
}  # fmt: skip


async def test_middleware_and_document_go_to_the_thread_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hops: list[str] = []
    handler = SyncToAsync.thread_handler

    def counted(self: SyncToAsync, *given: object) -> object:  # type: ignore[type-arg]
        hops.append(getattr(self.func, "__qualname__", type(self.func).__name__))
        return handler(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SyncToAsync, "thread_handler", counted)
    client = ApplicationCommunicator(application, SCOPE)
    await client.send_input({"type": "http.request", "body": QUERY})
    assert (await client.receive_output())["status"] == 200
    assert json.loads((await client.receive_output())["body"]) == {"data": {"__typename": "Query"}}
    await client.wait()
    assert hops == [
        "Signal.asend.<locals>.sync_send",  # a request begins
        "BaseHandler.get_response",
        "HttpResponseBase.close",
    ]
