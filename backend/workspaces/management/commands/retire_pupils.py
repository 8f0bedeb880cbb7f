"""End the accounts of pupils a month after their project was closed; fit for a daily cron."""

from typing import Any

from backend.core.jobs import Job
from backend.workspaces.retirement import retire_pupils


class Command(Job):
    help = "End the accounts of pupils (and guests' visits) in workspaces closed for 30 days."

    def handle(self, *args: Any, **options: Any) -> str:
        return f"{retire_pupils()} accounts ended."
