"""Count everything afresh and store the figures."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.monitoring.rollups.rebuilding import rebuild_statistics


class Command(BaseCommand):
    help = "Throws the stored figures away and counts everything: after an upgrade, or when check_statistics complains."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{rebuild_statistics()} sums stored.")
