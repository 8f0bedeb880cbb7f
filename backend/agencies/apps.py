"""Who looks after which country."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "backend.agencies"
    label = "agencies"

    def ready(self) -> None:
        from backend.agencies.consequences import tell_principal
        from backend.eventlog.record import follow
        from backend.schools.events import SchoolJoined

        follow(SchoolJoined, tell_principal)
