"""What a client reads when something went wrong: a stable code, and no secrets."""

import logging
import secrets
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from backend.core.deadline import is_timeout

logger = logging.getLogger(__name__)


class CodedError(GraphQLError):
    """An error of the request, with a code in its extensions."""

    def __init__(self, message: str, code: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": code, **extensions})


class MaskErrors(SchemaExtension):
    """For what a subscription sends; other results are masked by the schema itself, which sees every way out."""

    def on_stream_result(self, result: Any) -> Iterator[None]:
        mask(result)
        yield


def mask(result: Any) -> Any:
    """Refusals keep their sentence and code; anything unexpected becomes an id that the log explains."""
    if getattr(result, "errors", None):
        result.errors = [masked(error) for error in result.errors]
    return result


def masked(error: GraphQLError) -> GraphQLError:
    """The error as a client may see it."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        return _coded(error, (error.extensions or {}).get("code", "BAD_REQUEST"), error.message)
    if isinstance(original, PermissionDenied):
        return _coded(error, getattr(original, "code", "not_permitted"), str(original))
    if isinstance(original, ValidationError):
        return _coded(error, original.code or "invalid", " ".join(original.messages))
    if is_timeout(original):
        return _coded(error, "TIMED_OUT", "This took too long. Please ask for less at once.")
    reference = secrets.token_hex(8)
    logger.error("Unexpected error %s at %s", reference, error.path, exc_info=original)
    return _coded(error, "UNEXPECTED", "Something went wrong on our side.", id=reference)


def _coded(error: GraphQLError, code: str, message: str, **more: Any) -> GraphQLError:
    extensions = {**(error.extensions or {}), "code": code, **more}
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, None, extensions)
