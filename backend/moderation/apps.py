"""Keeping people safe, and helping them."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "backend.moderation"
    label = "moderation"

    def ready(self) -> None:
        from backend.eventlog.record import follow
        from backend.moderation.consequences import carry_out, ease, hide, overturn
        from backend.moderation.events import AppealDecided, ReportDecided, ReportMade, SanctionEnded

        follow(ReportMade, hide)
        follow(ReportDecided, carry_out)
        follow(AppealDecided, overturn)
        follow(SanctionEnded, ease)
