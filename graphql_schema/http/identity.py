"""Who sent a request, and whether a cookie may speak for them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest

from backend.accounts.models import Person
from backend.accounts.sign_in import note_use, person_of_token, session_proof, token_proof
from graphql_schema.http.problems import Problem

PREFLIGHT = ("X-CSRFToken", "X-Requested-With", "Apollo-Require-Preflight", "GraphQL-Require-Preflight")


def identify(request: HttpRequest) -> tuple[Person | None, str]:
    """By bearer token, else by session: the person, and the proof of it."""
    token = bearer(request)
    if token is not None:
        person = person_of_token(token)
        if person is None:
            raise Problem(401, "TOKEN_INVALID", "This token is not valid.", WWW_Authenticate="Bearer")
        proof = token_proof(token)
    elif isinstance(request.user, Person):
        # Not `request.user` itself, which only stands for the person until somebody looks: rows are known by their type.
        person, proof = get_user(request), session_proof(request.session.session_key or "")
    else:
        return None, ""
    note_use(person, proof)
    return person, proof


def bearer(request: HttpRequest) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def check_origin(request: HttpRequest) -> None:
    """Without a token, a browser's cookie may speak: only pages of our own may have sent this."""
    if bearer(request) is not None:
        return
    origin = request.headers.get("Origin")
    if origin and not _is_ours(request, origin):
        raise Problem(403, "ORIGIN_REFUSED", "This page may not speak for its visitors here.")
    if request.method == "GET":
        # Reading by GET changes nothing and its answer is unreadable elsewhere; still, no cookie for other sites.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Problem(403, "ORIGIN_REFUSED", "This page may not speak for its visitors here.")
    elif request.content_type == "multipart/form-data" and not any(name in request.headers for name in PREFLIGHT):
        raise Problem(403, "PREFLIGHT_MISSING", "Please send a header such as GraphQL-Require-Preflight.")


def _is_ours(request: HttpRequest, origin: str) -> bool:
    parts = urlsplit(origin)
    same = parts.netloc == request.get_host() and (parts.scheme == "https" or not request.is_secure())
    return same or origin in settings.CSRF_TRUSTED_ORIGINS
