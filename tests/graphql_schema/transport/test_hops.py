"""How often a request changes threads: each time costs more than many a middleware."""

import pytest
from asgiref.sync import SyncToAsync
from django.test import AsyncClient


async def test_middleware_and_document_each_go_to_the_thread_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hops: list[str] = []
    handler = SyncToAsync.thread_handler

    def counted(self: SyncToAsync, *given: object) -> object:  # type: ignore[type-arg]
        hops.append(getattr(self.func, "__qualname__", type(self.func).__name__))
        return handler(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SyncToAsync, "thread_handler", counted)
    answer = await AsyncClient().post("/graphql", {"query": "{ __typename }"}, content_type="application/json")
    assert answer.json() == {"data": {"__typename": "Query"}}
    assert hops == [
        "Signal.asend.<locals>.sync_send",  # a request begins
        "convert_exception_to_response.<locals>.inner",  # all middleware
        "CsrfViewMiddleware.process_view",
        "GraphQLView.answer",
        "HttpResponseBase.close",
    ]
