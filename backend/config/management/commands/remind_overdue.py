"""Remind agencies of what they have not decided in time, and founders of answers they owe; fit for an hourly cron."""

from typing import Any

from backend.core.jobs import Job
from backend.monitoring.reminders import remind_overdue


class Command(Job):
    help = "Remind officers of overdue cases, then their lead, then the central service; founders of answers."

    def handle(self, *args: Any, **options: Any) -> str:
        return f"{remind_overdue()} reminders."
