"""Suspensions end after their last day; fit for cron."""

from typing import Any

from backend.core.jobs import Job
from backend.moderation.actions.sanctions import end_suspensions


class Command(Job):
    help = "Ends the suspensions whose last day has passed; the people may sign in again and get a letter."

    def handle(self, *args: Any, **options: Any) -> str:
        return f"{end_suspensions()} suspensions ended."
