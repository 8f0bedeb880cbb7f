"""Remind agencies of projects they have not decided on in time; fit for a daily cron."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.monitoring.reminders import remind_overdue


class Command(BaseCommand):
    help = "Remind officers of overdue decisions, then their lead, then the central service."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind_overdue()} reminders.")
