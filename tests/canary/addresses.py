"""Every address of the site, tried by everybody by GET and by POST."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from backend.monitoring.statistics.rows import BEHIND
from dashboard.tables import WAITING
from dashboard.views.monitor.exports import FORMS, TABLES
from tests.canary.ground.world import World
from tests.support.api import body_of

SIGN_IN, NOT_FOR_YOU, NOTHING, INSIDE, NO_SUCH_WAY = "sign in", "not for you", "nothing", "inside", "no such way"

LISTS = [*BEHIND, *WAITING]
EACH = {
    "forms": [[form] for form in FORMS],
    "lists": [[name] for name in LISTS],
    "exports": [[name, form] for name in (*TABLES, *LISTS) for form in FORMS],
}


def names(resolver: Any = None, space: str = "") -> Iterator[str]:
    """The names of all addresses, with their name space."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}"
        else:
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


def addresses(name: str, row: dict[str, Any], world: World) -> Iterator[str]:
    """With the key of the thing that the row names, of whatever kind, or with each of many names."""
    arguments = row.get("arguments", [])
    if "of" in row:
        arguments = [*arguments, world.key(row["of"], row.get("kind", ""))]
    for more in EACH[row["each"]] if "each" in row else [[]]:
        yield reverse(name, args=[*arguments, *more])


def outcome(client: Client, method: str, url: str) -> tuple[str, str]:
    """What somebody gets, and what it says; nothing of it stays."""
    with transaction.atomic():
        response: Any = getattr(client, method)(url)
        text = text_of(response)
        transaction.set_rollback(True)
    if response.status_code == 302 and "/sign-in/" in response["Location"]:
        return SIGN_IN, text
    told = {403: NOT_FOR_YOU, 404: NOTHING, 405: NO_SUCH_WAY, 422: INSIDE}
    return told.get(response.status_code, INSIDE if response.status_code < 400 else str(response.status_code)), text


def text_of(response: Any) -> str:
    """All that an answer says, also what comes piece by piece or packed."""
    body = body_of(response) if response.streaming else response.content
    if not body.startswith(b"PK"):
        return str(body.decode(errors="replace"))
    with ZipFile(BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
