"""Fold what was counted since the last time into sums."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.monitoring.rollups.folding import fold_statistics


class Command(BaseCommand):
    help = "Makes figures quick to read again; they are right before it too. Every few minutes."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{fold_statistics()} changes folded.")
