"""Send what agencies wrote to their teachers; fit for cron, every minute."""

from datetime import timedelta
from typing import Any

from backend.core.jobs import Job
from backend.mailings.delivery import send_messages


class Command(Job):
    help = "Sends the messages to teachers whose hour has come, in batches."
    every = timedelta(minutes=5)

    def handle(self, *args: Any, **options: Any) -> str:
        return f"{send_messages()} letters."
