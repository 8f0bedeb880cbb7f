"""Reading a stream from a place on: the events in order, or a plain word that something is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Subquery

from backend.eventlog.cursors import START, Cursor
from backend.eventlog.models import Entry, Stream

PAGE = 100


class Gap(StrEnum):
    """Why a cursor cannot be continued; the client reads everything afresh."""

    TOO_OLD = "TOO_OLD"
    AHEAD = "AHEAD"
    NEW_EPOCH = "NEW_EPOCH"


@dataclass(frozen=True)
class Page:
    """Events after a cursor, oldest first, and the cursor after the last of them."""

    entries: list[Entry]
    cursor: Cursor
    gap: Gap | None = None


def head_cursor(stream_id: UUID) -> Cursor:
    """The place after the newest event."""
    stream = Stream.objects.filter(pk=stream_id).first()
    return Cursor(stream_id, stream.epoch, stream.head) if stream else Cursor(stream_id, START, 0)


def head_of(field: str) -> Subquery:
    """The same within a query of things that have a stream under their own key."""
    return Subquery(Stream.objects.filter(pk=OuterRef("pk")).values(field))


def heads_of(stream_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of the newest event of each stream; one query."""
    return dict(Stream.objects.filter(pk__in=stream_ids).values_list("pk", "head"))


def read_after(cursor: Cursor, *, limit: int = PAGE) -> Page:
    """Up to `limit` events after the cursor, with event and actor; two queries. Call it in one transaction
    with the check of the reader's rights."""
    stream = Stream.objects.filter(pk=cursor.stream).first()
    if stream is None:
        return Page([], cursor)
    gap = _gap(stream, cursor)
    if gap:
        return Page([], Cursor(stream.pk, stream.epoch, stream.head), gap)
    entries = Entry.objects.filter(stream=stream, seq__gt=cursor.seq).select_related("event__actor")
    page = list(entries.order_by("seq")[:limit])
    seq = page[-1].seq if page else cursor.seq
    return Page(page, Cursor(stream.pk, stream.epoch, seq))


def _gap(stream: Stream, cursor: Cursor) -> Gap | None:
    if cursor.epoch != stream.epoch and cursor != Cursor(stream.pk, START, 0):
        return Gap.NEW_EPOCH
    if cursor.seq > stream.head:
        return Gap.AHEAD
    if cursor.seq < stream.floor:
        return Gap.TOO_OLD
    return None
