"""The event log in bulk: what record() would have written, from the same facts, with dates in the past."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from uuid import UUID

from backend.accounts.models import Person
from backend.config.demo.ground.storing import keeping_dates
from backend.eventlog.facts import Fact
from backend.eventlog.models import Entry, Event, EventCountry, Stream, desk_stream
from backend.notifications.models import Notification

BATCH = 5_000
READ_AFTER = timedelta(days=10)


@dataclass(frozen=True)
class Line:
    """One fact, looked at when it happened: later members are not among its readers."""

    at: datetime
    kind: str
    actor_id: UUID | None
    subject_type: str
    subject_id: UUID
    data: dict[str, str]
    countries: list[str]
    recipients: list[UUID]
    streams: set[UUID]


@dataclass
class Chronicle:
    """Facts in any order; written in the order they happened."""

    lines: list[Line] = field(default_factory=list)

    def note(self, fact: Fact, *, actor: Person | None, at: datetime) -> None:
        actor_id, subject = actor.pk if actor else None, fact.subject()
        countries = sorted(set(fact.countries()))
        recipients = [person for person in dict.fromkeys(fact.recipients()) if person != actor_id]
        streams = {*fact.streams(), *recipients, *map(desk_stream, countries)}
        self.lines.append(
            Line(
                at, fact.kind, actor_id, subject._meta.label, subject.pk,
                fact.data(), countries, recipients, streams,
            )
        )  # fmt: skip

    def write(self, chance: Random, now: datetime) -> int:
        """Store events, their readers and their places in the streams; returns the number of events."""
        self.lines.sort(key=lambda line: line.at)
        events = self._events(chance)
        with keeping_dates(Event), keeping_dates(Notification):
            self._write(events, chance, now)
        self._fill_streams(events)
        return len(events)

    def _write(self, events: list[Event], chance: Random, now: datetime) -> None:
        Event.objects.bulk_create(events, batch_size=BATCH)
        EventCountry.objects.bulk_create(
            (EventCountry(event=e, country_id=code) for e, line in self._with(events) for code in line.countries),
            batch_size=BATCH,
        )
        Notification.objects.bulk_create(
            (
                self._notification(event, person, chance, now)
                for event, line in self._with(events)
                for person in line.recipients
            ),
            batch_size=BATCH,
        )

    def _with(self, events: list[Event]) -> "zip[tuple[Event, Line]]":
        return zip(events, self.lines, strict=True)

    def _events(self, chance: Random) -> list[Event]:
        """Keys follow the order of the lines, also within a millisecond."""
        events = []
        for stamp, lines in groupby(self.lines, key=lambda line: int(line.at.timestamp() * 1000)):
            for place, line in enumerate(lines):
                key = UUID(int=stamp << 80 | 7 << 76 | place << 64 | 2 << 62 | chance.getrandbits(62))
                events.append(
                    Event(
                        id=key, at=line.at, kind=line.kind, actor_id=line.actor_id,
                        subject_type=line.subject_type, subject_id=line.subject_id, data=line.data,
                    )
                )  # fmt: skip
        return events

    def _notification(self, event: Event, person: UUID, chance: Random, now: datetime) -> Notification:
        """Older ones were read, of the recent ones about half."""
        stamp, bits = int(event.at.timestamp() * 1000), chance.getrandbits(74)
        key = UUID(int=stamp << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1)
        seen = event.at + timedelta(hours=chance.uniform(0.1, 70))
        is_read = seen < now and (now - event.at > READ_AFTER or chance.random() < 0.5)
        read_at = seen if is_read else None
        return Notification(
            id=key,
            event=event,
            recipient_id=person,
            read_at=read_at,
            created_at=event.at,
            updated_at=event.at,
        )

    def _fill_streams(self, events: list[Event]) -> None:
        heads: dict[UUID, int] = defaultdict(int, Stream.objects.values_list("pk", "head"))
        known, entries = set(heads), []
        for event, line in self._with(events):
            for stream in sorted(line.streams):
                heads[stream] += 1
                entries.append(Entry(stream_id=stream, seq=heads[stream], event=event))
        fresh = [Stream(pk=stream, head=head) for stream, head in heads.items() if stream not in known]
        Stream.objects.bulk_create(fresh, batch_size=BATCH)
        grown = [Stream(pk=stream, head=heads[stream]) for stream in known]
        Stream.objects.bulk_update(grown, ["head"], batch_size=500)
        Entry.objects.bulk_create(entries, batch_size=BATCH)
