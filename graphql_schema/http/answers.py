"""How a result is sent: status, media type, what may be kept, and compressed."""

import hashlib
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response

from graphql_schema.http.negotiation import EVENTS, RESPONSE_JSON

_rest = DjangoJSONEncoder().default
VARY = "Accept, Accept-Language, Accept-Encoding, Authorization, Cookie, Origin"
STATUS = {"THROTTLED": 429, "DOCUMENT_TOO_LARGE": 413}
KEPT = "public, max-age=60"  # what visitors see
ASKED_AGAIN = "private, no-cache"  # what somebody signed in sees
_gzip = GZipMiddleware(lambda _: HttpResponse())


def encode(answer: Any) -> bytes:
    """As JSON; what is not JSON's, as Django writes it."""
    return orjson.dumps(answer, default=_rest, option=orjson.OPT_PASSTHROUGH_DATETIME)


def respond(
    request: HttpRequest, media_type: str, result: dict[str, Any], *, is_public: bool = False
) -> HttpResponseBase:
    """One answer. `data` is absent when nothing was executed."""
    is_refused = result.get("data") is None and not any("path" in error for error in result.get("errors") or ())
    if is_refused:
        result = {name: value for name, value in result.items() if name != "data"}
    text = encode(result)
    if media_type == EVENTS:
        text = b"event: next\ndata: %b\n\nevent: complete\ndata:\n\n" % text
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    if is_refused and media_type == RESPONSE_JSON:
        response.status_code = _status(result)
    for error in result.get("errors") or ():
        if retry_after := error.get("extensions", {}).get("retryAfter"):
            response["Retry-After"] = str(retry_after)
    response["Vary"] = VARY
    return _kept(request, response, is_public) if "errors" not in result else _not_kept(request, response)


def _status(result: dict[str, Any]) -> int:
    codes = (error.get("extensions", {}).get("code") for error in result.get("errors") or ())
    return next((STATUS[code] for code in codes if code in STATUS), 400)


def _not_kept(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    return _gzip.process_response(request, response)


def _kept(request: HttpRequest, response: HttpResponse, is_public: bool) -> HttpResponseBase:
    """By GET a client may keep the answer, and ask whether it still holds."""
    if request.method != "GET":
        return _not_kept(request, response)
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"], response["Cache-Control"] = tag, KEPT if is_public else ASKED_AGAIN
    found = get_conditional_response(request, etag=tag, response=response)
    return _gzip.process_response(request, found)
