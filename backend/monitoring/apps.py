"""What agencies watch: queues, activity, statistics."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "backend.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from backend.eventlog.record import follow
        from backend.monitoring.rollups.following import FOLLOWED

        for kind, consequence in FOLLOWED.items():
            follow(kind, consequence)
