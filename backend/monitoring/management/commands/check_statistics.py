"""Prove that the figures are what counting everything afresh gives."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError

from backend.core.jobs import Job
from backend.monitoring.models import DailyStat
from backend.monitoring.rollups.proof import differences


class Command(Job):
    help = "Counts people, schools, projects, labels, reports and work afresh and compares with the stored figures."
    every = timedelta(days=7)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--show", type=int, default=50, help="at most so many differences")

    def handle(self, *, show: int, **options: Any) -> str:
        found = list(differences())
        for sentence in found[:show]:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} figures differ; rebuild_statistics puts them right.")
        return f"{DailyStat.objects.count()} sums, all right."
