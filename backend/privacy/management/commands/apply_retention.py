"""Forget what is not to be kept any longer; fit for a nightly cron."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.core.jobs import Job
from backend.privacy.retention import apply_retention


class Command(Job):
    help = "Delete what has been kept long enough. --dry-run only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """A dry run is no run: the job is not said to have been done."""
        run = BaseCommand.execute if options["dry_run"] else Job.execute
        return run(self, *args, **options)

    def handle(self, *, dry_run: bool, **options: Any) -> str:
        return "\n".join(f"{name}: {count}" for name, count in apply_retention(dry_run=dry_run))
