"""Prove that no stream has a gap."""

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError

from backend.core.jobs import Job
from backend.eventlog.models import Entry, Stream
from backend.eventlog.retention import broken_streams


class Command(Job):
    help = "Checks for every live stream that its entries are exactly floor + 1 … head."
    every = timedelta(days=7)

    def handle(self, *args: Any, **options: Any) -> str:
        broken = broken_streams()
        for sentence in broken:
            self.stderr.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} streams are broken.")
        return f"{Stream.objects.count()} streams, {Entry.objects.count()} entries, no gaps."
