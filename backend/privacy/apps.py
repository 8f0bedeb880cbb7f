"""What the platform knows about somebody: taking it home, erasing it, and how long it is kept."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "backend.privacy"
    label = "privacy"

    def ready(self) -> None:
        from backend.eventlog.record import follow
        from backend.privacy.events import AccountErased
        from backend.projects.consequences import tell_of_lost_founder

        follow(AccountErased, tell_of_lost_founder)
