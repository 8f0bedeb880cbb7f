"""Which of the things found fits best: points for where the words stand, the same on each database."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, LessThanOrEqual, StartsWith

R = TypeVar("R", bound=Model)
MOST_WORDS = 8
IN_HEAD, IN_BODY, IN_A_ROW = 4, 1, 2


class SearchOrder(StrEnum):
    BEST = "BEST"
    NEWEST = "NEWEST"


def best_first(
    found: QuerySet[R], words: Sequence[str], *, heads: Iterable[str], bodies: Iterable[str] = ()
) -> QuerySet[R]:
    """A word in a head (a title, a name) counts four times one in a body; words that follow each other as they were
    asked for twice as much, and at the beginning of a head once more. As good as each other: the newest first."""
    points = relevance(words, heads=heads, bodies=bodies)
    ranked: Any = found.annotate(points=points).order_by("-points", "-pk")
    return ranked  # type: ignore[no-any-return]


def relevance(words: Sequence[str], *, heads: Iterable[str], bodies: Iterable[str] = ()) -> Combinable:
    total: Combinable = Value(0, output_field=IntegerField())
    for condition, points in _conditions(list(words[:MOST_WORDS]), heads, bodies):
        total = total + Case(When(condition, then=points), default=0, output_field=IntegerField())
    return total


def _conditions(words: list[str], heads: Iterable[str], bodies: Iterable[str]) -> Iterator[tuple[Q, int]]:
    phrase = " ".join(words)
    weights = {**dict.fromkeys(bodies, IN_BODY), **dict.fromkeys(heads, IN_HEAD)}
    for field, weight in weights.items():
        for word in words:
            yield Q(**{f"{field}__icontains": word}), weight
        if len(words) > 1:
            yield Q(**{f"{field}__icontains": phrase}), weight * IN_A_ROW
        if weight == IN_HEAD:
            yield Q(**{f"{field}__istartswith": phrase}), weight


def best_by_text(
    found: QuerySet[R], words: Sequence[str], *, head: Combinable, begins: Iterable[Combinable] = (F("search_text"),)
) -> QuerySet[R]:
    """The same for rows that keep a folded `search_text`, with the words folded too, so that accents and capitals make
    no difference. It begins with the head, about so many characters long, as folding makes a few letters two (ß) or drops
    signs; a word counts where it stands first."""
    words = words[:MOST_WORDS]
    phrase, points = " ".join(words), IntegerField()
    total: Combinable = Value(0, output_field=points)
    for text in [*words, phrase] if len(words) > 1 else words:
        at, times = StrIndex("search_text", Value(text)), IN_A_ROW if " " in text else 1
        places = (When(Exact(at, 0), then=0), When(LessThanOrEqual(at, head), then=IN_HEAD * times))
        total = total + Case(*places, default=IN_BODY * times, output_field=points)
    for beginning in begins:
        begun = When(StartsWith(beginning, phrase), then=IN_HEAD)
        total = total + Case(begun, default=0, output_field=points)
    ranked: Any = found.annotate(points=total).order_by("-points", "-pk")
    return ranked  # type: ignore[no-any-return]
