"""Send what agencies wrote to their teachers; fit for cron, every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.mailings.delivery import send_messages


class Command(BaseCommand):
    help = "Sends the messages to teachers whose hour has come, in batches."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_messages()} letters.")
