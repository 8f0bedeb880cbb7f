"""record(): the last line of every rule."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.eventlog import hub
from backend.eventlog.facts import Fact
from backend.eventlog.models import Entry, Event, EventCountry, Stream, desk_stream

Consequence = Callable[[Fact, Event], None]

# What areas above do in the same transaction when a fact below them is recorded (an approved project
# opens a workspace). Filled by AppConfig.ready(), so that the areas below need not know them.
CONSEQUENCES: list[tuple[type[Fact], Consequence]] = []

# Events of the record() under way and of those nested in it, with the streams they go into.
_waiting: ContextVar[list[tuple[Event, set[UUID]]] | None] = ContextVar("waiting", default=None)
_collected: ContextVar[list[Entry] | None] = ContextVar("collected", default=None)


def follow(kind: type[Fact], consequence: Consequence) -> None:
    """Run the consequence, in the same transaction, whenever a fact of this class is recorded."""
    if (kind, consequence) not in CONSEQUENCES:
        CONSEQUENCES.append((kind, consequence))


@contextmanager
def collecting() -> Iterator[list[Entry]]:
    """The stream entries recorded inside the block, in order."""
    entries: list[Entry] = []
    token = _collected.set(entries)
    try:
        yield entries
    finally:
        _collected.reset(token)


def record(fact: Fact, *more: Fact, actor: object) -> Event:
    """Write the fact to the log, run what follows from it, and wake the live streams after commit. Several facts of one
    rule come together, so that their streams are locked at once; the first one's event is returned."""
    assert transaction.get_connection().in_atomic_block, "a fact is recorded inside its rule's transaction"
    waiting = _waiting.get()
    if waiting is not None:
        return _write_all((fact, *more), actor, waiting)
    token = _waiting.set(waiting := [])
    try:
        event = _write_all((fact, *more), actor, waiting)
    finally:
        _waiting.reset(token)
    _append(waiting)
    return event


def _write_all(facts: Iterable[Fact], actor: object, waiting: list[tuple[Event, set[UUID]]]) -> Event:
    first, *_ = [_write(fact, actor, waiting) for fact in facts]
    return first


def _write(fact: Fact, actor: Any, waiting: list[tuple[Event, set[UUID]]]) -> Event:
    subject, actor_id, countries = fact.subject(), getattr(actor, "pk", None), set(fact.countries())
    event = Event.objects.create(
        kind=fact.kind,
        actor=actor if actor_id else None,  # the object, so that consequences need not load it
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        data=fact.data(),
    )
    EventCountry.objects.bulk_create(EventCountry(event=event, country_id=code) for code in sorted(countries))
    inboxes = {person for person in fact.recipients() if person != actor_id}
    waiting.append((event, {*fact.streams(), *inboxes, *map(desk_stream, countries)}))
    for kind, consequence in CONSEQUENCES:
        if isinstance(fact, kind):
            consequence(fact, event)
    return event


def _append(waiting: Iterable[tuple[Event, set[UUID]]]) -> None:
    """Give the events their places. Streams are locked last, and always in the same order: no deadlock."""
    by_stream: dict[UUID, list[Event]] = {}
    for event, streams in waiting:
        for stream_id in streams:
            by_stream.setdefault(stream_id, []).append(event)
    entries = [
        Entry(stream_id=stream_id, seq=seq, event=event)
        for stream_id in sorted(by_stream)
        for seq, event in enumerate(by_stream[stream_id], start=_reserve(stream_id, len(by_stream[stream_id])))
    ]
    Entry.objects.bulk_create(entries)
    if (collected := _collected.get()) is not None:
        collected.extend(entries)
    if by_stream:
        transaction.on_commit(lambda: hub.poke(by_stream))


def _reserve(stream_id: UUID, count: int) -> int:
    # The UPDATE holds the stream's row until commit, so numbers are given in the order of commits.
    if not Stream.objects.filter(pk=stream_id).update(head=F("head") + count):
        Stream.objects.bulk_create([Stream(pk=stream_id)], ignore_conflicts=True)
        Stream.objects.filter(pk=stream_id).update(head=F("head") + count)
    return Stream.objects.values_list("head", flat=True).get(pk=stream_id) - count + 1
