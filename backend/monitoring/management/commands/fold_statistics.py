"""Fold what was counted since the last time into sums."""

from datetime import timedelta
from typing import Any

from backend.core.jobs import Job
from backend.monitoring.rollups.folding import fold_statistics


class Command(Job):
    help = "Makes figures quick to read again; they are right before it too. Every few minutes."
    every = timedelta(minutes=30)

    def handle(self, **options: Any) -> str:
        return f"{fold_statistics()} changes folded."
