"""Suspensions end after their last day; fit for cron."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.moderation.actions.sanctions import end_suspensions


class Command(BaseCommand):
    help = "Ends the suspensions whose last day has passed; the people may sign in again and get a letter."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{end_suspensions()} suspensions ended.")
