"""Keeping people safe, and helping them."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "backend.moderation"
    label = "moderation"

    def ready(self) -> None:
        from backend.eventlog.record import follow
        from backend.moderation.consequences import alarm, carry_out, ease, hide, keep_hidden, overturn, pass_on
        from backend.moderation.events import AppealDecided, ReportDecided, ReportEscalated, ReportMade, SanctionEnded
        from backend.workspaces.events import FileShownAgain

        follow(ReportMade, hide)
        follow(ReportMade, alarm)
        follow(ReportEscalated, pass_on)
        follow(FileShownAgain, keep_hidden)
        follow(ReportDecided, carry_out)
        follow(AppealDecided, overturn)
        follow(SanctionEnded, ease)
