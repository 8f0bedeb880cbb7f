"""Which of the media types that we speak a client wants, by its Accept header."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest

from graphql_schema.http.problems import Problem

JSON, RESPONSE_JSON = "application/json", "application/graphql-response+json"
EVENTS, PARTS = "text/event-stream", "multipart/mixed"
HTML = "text/html"
ANYTHING = "*/*"


@dataclass(frozen=True)
class Range:
    """One entry of the header."""

    kind: str
    quality: float
    place: int
    parameters: frozenset[tuple[str, str]]

    def specificity(self, media_type: str) -> int:
        """How closely it names the type; 0 when it does not."""
        if self.kind == ANYTHING:
            return 1
        if self.kind.endswith("/*"):
            return 2 if media_type.startswith(self.kind[:-1]) else 0
        return 3 if self.kind == media_type else 0


@lru_cache(maxsize=256)
def ranges(accept: str) -> tuple[Range, ...]:
    """What the header lists; a missing header accepts anything."""
    found = []
    for place, entry in enumerate(accept.lower().split(",")):
        kind, *rest = (part.strip() for part in entry.split(";"))
        pairs = dict(tuple(map(str.strip, part.split("=", 1))) for part in rest if "=" in part)
        quality = _quality(pairs.pop("q", "1"))
        if "/" in kind:
            named = frozenset((name, value.strip("'\"")) for name, value in pairs.items())
            found.append(Range(kind, quality, place, named))
    return tuple(found) or (Range(ANYTHING, 1.0, 0, frozenset()),)


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """The best of the offers: by quality, then as the client lists them, then as we do."""
    best: tuple[float, int, str] | None = None
    for offer in offers:
        matching = [found for found in ranges(accept) if found.specificity(offer)]
        closest = max(matching, key=lambda found: found.specificity(offer), default=None)
        if closest and closest.quality and (best is None or (closest.quality, -closest.place) > best[:2]):
            best = (closest.quality, -closest.place, offer)
    return best[2] if best else None


def media_type_for_result(accept: str) -> str:
    """For one answer. Who takes nothing but events gets it as the only event."""
    found = choose(accept, (JSON, RESPONSE_JSON)) or choose(accept, (EVENTS,))
    if found is None:
        raise Problem(406, "NOT_ACCEPTABLE", f"We answer in {RESPONSE_JSON} or {JSON}.")
    return found


def wants_page(request: HttpRequest) -> bool:
    """Whether a browser opens the bare address: it names HTML before anything that it would take, too."""
    is_bare = request.method == "GET" and not request.GET
    return is_bare and choose(request.headers.get("Accept", ""), (RESPONSE_JSON, JSON, HTML)) == HTML


def media_type_for_stream(accept: str) -> str:
    """For a subscription. Nobody gets a stream who did not ask for one by name."""
    named = [found for found in ranges(accept) if found.kind != ANYTHING and found.quality]
    offers = []
    for found in named:
        if found.specificity(EVENTS) and EVENTS not in offers:
            offers.append(EVENTS)
        if found.kind == PARTS and dict(found.parameters).get("subscriptionspec", "").startswith("1."):
            offers.append(PARTS)
    chosen = choose(accept, offers)
    if chosen is None:
        raise Problem(
            406, "NOT_ACCEPTABLE", f"Subscriptions need a WebSocket, or {EVENTS} or {PARTS};subscriptionSpec=1.0."
        )
    return chosen
