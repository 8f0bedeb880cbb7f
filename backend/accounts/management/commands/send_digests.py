"""Letters about what is new in inboxes; fit for cron, every hour or once a morning."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.accounts.digests import send_digests


class Command(BaseCommand):
    help = "Send each person who is due one a letter about what is new in the inbox."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_digests()} letters sent.")
