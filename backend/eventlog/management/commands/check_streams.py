"""Prove that no stream has a gap."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.eventlog.models import Entry, Stream
from backend.eventlog.retention import broken_streams


class Command(BaseCommand):
    help = "Checks for every live stream that its entries are exactly floor + 1 … head."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = broken_streams()
        for sentence in broken:
            self.stderr.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} streams are broken.")
        self.stdout.write(f"{Stream.objects.count()} streams, {Entry.objects.count()} entries, no gaps.")
