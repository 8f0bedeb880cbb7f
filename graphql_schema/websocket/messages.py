"""What the messages of graphql-transport-ws look like; anything else closes the socket."""

from typing import Any


class Malformed(Exception):
    """A message that the protocol does not know; says what is wrong with it."""


def check(message: Any) -> None:
    """Raises Malformed for what is no message of a client."""
    kind = message.get("type") if isinstance(message, dict) else None
    if kind in {"connection_init", "ping", "pong"}:
        _expect(message, "payload", dict | None)
        if message.get("payload", {}) is None:
            del message["payload"]
    elif kind == "subscribe":
        _check_id(message)
        _expect(message, "payload", dict)
        _check_payload(message["payload"])
    elif kind == "complete":
        _check_id(message)
    else:
        raise Malformed("Unknown message type")


def _check_payload(payload: dict[str, Any]) -> None:
    for name, kind in (
        ("query", str | None),
        ("documentId", str | None),
        ("operationName", str | None),
        ("variables", dict | None),
        ("extensions", dict | None),
    ):
        _expect(payload, name, kind)
    extensions = payload.get("extensions") or {}
    if not (payload.get("query") or payload.get("documentId") or {"persistedQuery", "documentId"} & extensions.keys()):
        raise Malformed("A subscribe message needs a query")


def _check_id(message: dict[str, Any]) -> None:
    if not (isinstance(message.get("id"), str) and message["id"]):
        raise Malformed("A message needs an id")


def _expect(given: dict[str, Any], name: str, kind: Any) -> None:
    if not isinstance(given.get(name), kind):
        raise Malformed(f"{name} is not what it should be")
