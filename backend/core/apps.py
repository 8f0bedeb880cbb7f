"""The words every area uses."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from backend.core.deadline import keep_time


class CoreConfig(AppConfig):
    name = "backend.core"
    label = "core"

    def ready(self) -> None:
        connection_created.connect(keep_time)
