"""Who asks, and in what language."""

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from graphql import OperationType
from strawberry.types import Info as StrawberryInfo

from backend.accounts.models import Person
from backend.accounts.permissions import needs_consent
from backend.accounts.sign_in import is_read_only
from backend.core.guards import Refused


@dataclass
class Context:
    """What a resolver may know about the request it serves."""

    viewer: Person | None
    proof: str = ""
    request: HttpRequest | None = None
    response: Any = None
    connection_params: dict[str, Any] = field(default_factory=dict)
    language: str = "en"
    address: str = ""  # of a socket's other end
    outbox: Any = None
    following: Any = None
    frame: Any = None  # what stands before and after each update on this line
    remembered: dict[Any, Any] = field(default_factory=dict)
    receipts: dict[str, Any] = field(default_factory=dict)

    def once(self, key: Any, compute: Any) -> Any:
        """What was computed under this key before in this request, else now."""
        if key not in self.remembered:
            self.remembered[key] = compute()
        return self.remembered[key]


Info = StrawberryInfo[Context, None]

OPENS_ONCE = "files.once"


def viewer_of(info: Any) -> Person | None:
    viewer: Person | None = info.context.viewer
    return viewer


def address_for(info: Any, address: str) -> str:
    """A file's address as this viewer can use it. A cookie goes with a picture in a page, a token does not: who came
    by token gets one that opens once without."""
    if not info.context.proof.startswith("token:"):
        return address
    once = signing.dumps([urlsplit(address).path, token_urlsafe(9)], salt=OPENS_ONCE)
    return f"{address}{'&' if '?' in address else '?'}once={once}"


def viewer_key(info: Any) -> UUID | None:
    viewer = viewer_of(info)
    return viewer.pk if viewer else None


def actor_of(info: Any, *, whatever_consent: bool = False, whatever_factor: bool = False) -> Person:
    """The signed-in person that a rule acts for; refuses visitors, and in mutations who may only read."""
    viewer = viewer_of(info)
    if viewer is None:
        raise Refused("not_signed_in")
    if viewer.needs_second_factor and not whatever_factor:
        raise Refused("second_factor_needed")
    if info.operation.operation == OperationType.MUTATION:
        if not whatever_consent and needs_consent(viewer):
            raise Refused("consent_needed")
        if info.context.once("reads only", lambda: is_read_only(info.context.proof)):
            raise Refused("token_reads_only")
    return viewer
