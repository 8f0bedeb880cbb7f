"""Forget old entries of long streams; fit for cron."""

from typing import Any

from backend.core.jobs import Job
from backend.eventlog.models import Stream
from backend.eventlog.receipts import forget_old_receipts
from backend.eventlog.retention import KEPT_AT_LEAST, prune


class Command(Job):
    help = "Forgets day-old receipts, and entries older than 90 days of streams longer than 10,000; the audit trail keeps its events."

    def handle(self, *args: Any, **options: Any) -> str:
        forget_old_receipts()
        gone = sum(prune(stream) for stream in Stream.objects.filter(head__gt=KEPT_AT_LEAST).iterator())
        return f"{gone} entries forgotten."
