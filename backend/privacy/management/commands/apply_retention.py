"""Forget what is not to be kept any longer; fit for a nightly cron."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.privacy.retention import apply_retention


class Command(BaseCommand):
    help = "Delete what has been kept long enough. --dry-run only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        for name, count in apply_retention(dry_run=dry_run):
            self.stdout.write(f"{name}: {count}")
