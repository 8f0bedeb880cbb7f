"""What a person should look at."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "backend.notifications"
    label = "notifications"

    def ready(self) -> None:
        from backend.eventlog.facts import Fact
        from backend.eventlog.record import follow
        from backend.notifications.actions import deliver

        follow(Fact, deliver)
