"""What a request asks for: JSON, a form with files, or a URL. Anything malformed is the client's fault."""

import json
import re
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from graphql_schema.documents import Asked
from graphql_schema.http.problems import Problem, unreadable

FORM = "multipart/form-data"
MAPPED = re.compile(r"variables(\.\w+)+")


def read(request: HttpRequest) -> Asked:
    """The document asked for, with all that belongs to it."""
    try:
        if request.method == "GET":
            return asked(_query_parameters(request))
        charset = request.content_params.get("charset", "utf-8").strip("'\"").lower()
        if charset not in {"utf-8", "utf8"}:
            raise Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Please send UTF-8.")
        if request.content_type == "application/json":
            return asked(_json(request.body))
        if request.content_type == FORM:
            return asked(_form(request))
    except RequestDataTooBig:
        raise Problem(413, "REQUEST_TOO_LARGE", "This request is too large.") from None
    except (MultiPartParserError, TooManyFilesSent, SuspiciousOperation, UnicodeDecodeError):
        raise unreadable() from None
    raise Problem(415, "UNSUPPORTED_MEDIA_TYPE", f"Please send application/json, or {FORM} with files.")


def asked(data: Any) -> Asked:
    """The parameters, each of its type."""
    if isinstance(data, list):
        raise Problem(400, "BATCHING_OFF", "Please send one document at a time.")
    if not isinstance(data, dict):
        raise unreadable("A request is an object with a `query`.")
    for name, kind in (
        ("query", str),
        ("documentId", str),
        ("operationName", str),
        ("variables", dict),
        ("extensions", dict),
    ):
        if not isinstance(data.get(name), kind | None):
            raise unreadable(f"`{name}` is not what it should be.")
    found = Asked(
        query=data.get("query") or "",
        variables=data.get("variables"),
        operation_name=data.get("operationName") or None,
        extensions=data.get("extensions") or {},
        document_id=data.get("documentId") or "",
    )
    if not (found.query or found.identifier):
        raise unreadable("There is no `query` and no `documentId`.")
    return found


def _json(text: bytes | str) -> Any:
    try:
        text = text.decode() if isinstance(text, bytes) else text
        data = json.loads(text, parse_constant=_no_number)
        if "\\ud" in text.lower():  # half a character cannot be stored, nor sent back
            json.dumps(data, ensure_ascii=False).encode()
        return data
    except (ValueError, RecursionError):
        raise unreadable("This is not JSON.") from None


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _query_parameters(request: HttpRequest) -> dict[str, Any]:
    data: dict[str, Any] = request.GET.dict()
    for name in ("variables", "extensions"):
        if data.get(name):
            data[name] = _json(data[name])
        else:
            data.pop(name, None)
    return data


def _form(request: HttpRequest) -> Any:
    """The multipart request spec: `operations`, `map`, and the files that the map puts in place."""
    operations, places = _json(request.POST.get("operations", "")), _json(request.POST.get("map", ""))
    if isinstance(operations, list):
        raise Problem(400, "BATCHING_OFF", "Please send one document at a time.")
    if not isinstance(operations, dict) or not isinstance(places, dict):
        raise unreadable("`operations` and `map` are objects.")
    for name, paths in places.items():
        file = request.FILES.get(name)
        if file is None or not isinstance(paths, list):
            raise unreadable("`map` names a file that was not sent.")
        for path in paths:
            _put(operations, path, file)
    return operations


def _put(operations: dict[str, Any], path: Any, file: Any) -> None:
    """Where the map points there must be a null, which becomes the file."""
    if not isinstance(path, str) or not MAPPED.fullmatch(path):
        raise unreadable("`map` points outside of the variables.")
    *way, last = path.split(".")
    place: Any = operations
    try:
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        key = int(last) if isinstance(place, list) else last
        is_empty = place[key] is None
        place[key] = file
    except (KeyError, IndexError, TypeError, ValueError):
        is_empty = False
    if not is_empty:
        raise unreadable("`map` points to a place that is not there, or not null.")
