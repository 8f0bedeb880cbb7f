"""Every address of the site, tried by everybody by GET and by POST."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from backend.accounts.models import Person
from tests.canary.ground.world import World

SIGN_IN, NOT_FOR_YOU, NOTHING, INSIDE, NO_SUCH_WAY = "sign in", "not for you", "nothing", "inside", "no such way"


def names(resolver: Any = None, space: str = "") -> Iterator[str]:
    """The names of all addresses, with their name space."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}"
        else:
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def client_of(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def address(name: str, row: dict[str, Any], world: World) -> str:
    """With the key of the thing that the row names, of whatever kind."""
    if "of" not in row:
        return reverse(name, args=row.get("arguments", []))
    return reverse(name, args=[world.key(row["of"], row.get("kind", ""))])


def outcome(client: Client, method: str, url: str) -> tuple[str, HttpResponse]:
    """What somebody gets; nothing of it stays."""
    with transaction.atomic():
        response: Any = getattr(client, method)(url)
        transaction.set_rollback(True)
    if response.status_code == 302 and "/sign-in/" in response["Location"]:
        return SIGN_IN, response
    told = {403: NOT_FOR_YOU, 404: NOTHING, 405: NO_SUCH_WAY, 422: INSIDE}
    return told.get(response.status_code, INSIDE if response.status_code < 400 else str(response.status_code)), response
