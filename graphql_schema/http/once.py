"""Addresses that open once without a token: for `<img>` and `<video>`, which send none, and for nobody after them."""

import hashlib
import logging

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from graphql_schema.viewer import OPENS_ONCE

logger = logging.getLogger(__name__)

WITHIN = 30  # seconds
KEPT = 1800  # seconds in which the browser that opened it may go on reading, as films are read in pieces
COOKIE = "opened"


def opens_once(request: HttpRequest) -> bool:
    """Whether this request is the first, soon enough, or comes from the browser whose request was."""
    once = request.GET.get("once", "")
    if _path(once, KEPT) != request.path:
        return False
    if constant_time_compare(request.COOKIES.get(COOKIE, ""), _mark(once)):
        return True
    return _path(once, WITHIN) == request.path and _is_first(once)


def keep_open(request: HttpRequest, response: HttpResponseBase) -> None:
    """Whoever opens such an address goes on reading at its path, and nowhere else."""
    once = request.GET.get("once", "")
    if _path(once, KEPT) == request.path:  # not somebody else's, opened along with an address of one's own
        response.set_cookie(
            COOKIE, _mark(once), max_age=KEPT, path=request.path, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )


def _is_first(once: str) -> bool:
    try:
        return cache.add(f"opened:{hashlib.sha256(once.encode()).hexdigest()}", True, KEPT)
    except Exception:
        logger.warning("While the cache is away nothing opens without a token.", exc_info=True)
        return False


def _path(once: str, seconds: int) -> str:
    """Of what was made for this path no longer ago than that."""
    try:
        return str(signing.loads(once, salt=OPENS_ONCE, max_age=seconds)[0])
    except signing.BadSignature:
        return ""


def _mark(once: str) -> str:
    """What only we can know about an address: the cookie of who opened it."""
    return signing.Signer(salt=f"{OPENS_ONCE}.cookie").signature(once)
