"""Who looks after which country."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "backend.agencies"
    label = "agencies"

    def ready(self) -> None:
        from backend.agencies.consequences import tell_principal, tell_represented
        from backend.eventlog.facts import Fact
        from backend.eventlog.record import follow
        from backend.schools.events import SchoolJoined

        follow(SchoolJoined, tell_principal)
        follow(Fact, tell_represented)
