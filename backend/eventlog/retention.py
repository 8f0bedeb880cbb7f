"""How long streams are kept, and the proof that they have no gaps."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Max, Min

from backend.core import clock
from backend.eventlog.models import Entry, Stream

KEPT_FOR = timedelta(days=90)
KEPT_AT_LEAST = 10_000  # events of a stream, however old


@transaction.atomic
def prune(stream: Stream) -> int:
    """Forget a stream's entries that are both old and many; the floor moves with them. Events stay in the audit trail."""
    stream = Stream.objects.select_for_update().get(pk=stream.pk)
    old = Entry.objects.filter(stream=stream, event__at__lt=clock.now() - KEPT_FOR)
    old = old.filter(seq__lte=stream.head - KEPT_AT_LEAST)
    floor = old.aggregate(last=Max("seq"))["last"]
    if floor is None:
        return 0
    gone, _ = Entry.objects.filter(stream=stream, seq__lte=floor).delete()
    Stream.objects.filter(pk=stream.pk).update(floor=floor)
    return gone


def start_new_epoch() -> int:
    """After a backup was restored: every reader starts afresh instead of mistaking new events for seen ones."""
    streams = Stream.objects.all()
    for stream in streams.iterator():
        Stream.objects.filter(pk=stream.pk).update(epoch=uuid4())
    return streams.count()


def broken_streams() -> list[str]:
    """A sentence for each stream whose entries are not exactly floor + 1 … head."""
    counted = Entry.objects.values("stream").annotate(rows=Count("id"), first=Min("seq"), last=Max("seq"))
    rows = {row["stream"]: row for row in counted}
    broken = []
    for stream in Stream.objects.iterator():
        row = rows.get(stream.pk, {"rows": 0, "first": stream.floor + 1, "last": stream.floor})
        expected = (stream.head - stream.floor, stream.floor + 1, stream.head)
        if (row["rows"], row["first"], row["last"]) != expected:
            broken.append(
                f"{stream.pk}: {row['rows']} entries {row['first']}…{row['last']}, expected {expected[0]} "
                f"from {expected[1]} to {expected[2]}"
            )
    return broken
