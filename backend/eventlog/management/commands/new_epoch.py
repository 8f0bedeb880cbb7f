"""To be run once after a backup was restored."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.eventlog.retention import start_new_epoch


class Command(BaseCommand):
    help = "Gives every live stream a new epoch, so that clients that saw more than the backup read everything afresh."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{start_new_epoch()} streams have a new epoch.")
