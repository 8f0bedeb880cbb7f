"""Letters about what is new in inboxes; fit for cron, every hour or once a morning."""

from typing import Any

from backend.accounts.digests import send_digests
from backend.core.jobs import Job


class Command(Job):
    help = "Send each person who is due one a letter about what is new in the inbox."

    def handle(self, *args: Any, **options: Any) -> str:
        return f"{send_digests()} letters sent."
