"""Projects from the first draft to approval."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "backend.projects"
    label = "projects"

    def ready(self) -> None:
        from backend.agencies.events import PersonRevoked
        from backend.eventlog.record import follow
        from backend.projects.consequences import tell_of_lost_founder

        follow(PersonRevoked, tell_of_lost_founder)
