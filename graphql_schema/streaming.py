"""Files sent piece by piece, whole or from where a player jumped to."""

import os
import re
from collections.abc import AsyncIterator
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 256 * 1024  # bytes
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def streamed(request: HttpRequest, content: IO[bytes], *, media_type: str) -> HttpResponseBase:
    """The file, or the one part of it that the request names; players of videos ask for parts."""
    size = content.seek(0, os.SEEK_END)
    first, last = _part(request.headers.get("Range", ""), size)
    if first > last and size:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    is_part = (first, last) != (0, size - 1)
    response = StreamingHttpResponse(_pieces(content, first, last), content_type=media_type)
    response.status_code = 206 if is_part else 200
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response._resource_closers.append(content.close)  # type: ignore[attr-defined]  # as FileResponse does
    return response


def _part(wanted: str, size: int) -> tuple[int, int]:
    """The first and last byte; everything for no range, for several, and for what is none."""
    match = RANGE.fullmatch(wanted)
    if not match or not any(match.groups()):
        return 0, size - 1
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


async def _pieces(content: Any, first: int, last: int) -> AsyncIterator[bytes]:
    await sync_to_async(content.seek)(first)
    left = last - first + 1
    while left > 0 and (piece := await sync_to_async(content.read)(min(PIECE, left))):
        left -= len(piece)
        yield piece
