"""The live room of an open project."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "backend.workspaces"
    label = "workspaces"

    def ready(self) -> None:
        from backend.agencies.events import PersonRevoked
        from backend.eventlog.record import follow
        from backend.projects import events
        from backend.schools.events import PersonMoved
        from backend.workspaces import opening, retirement

        follow(events.ProjectOpened, opening.open_workspace)
        follow(events.ProjectEdited, opening.retell)
        follow(events.PartnerJoined, opening.admit_partner)
        follow(events.PartnerLeft, opening.release_partner)
        follow(events.ProjectClosed, opening.close_workspace)
        follow(events.ProjectArchived, opening.close_workspace)
        follow(events.ProjectReopened, opening.reopen_workspace)
        follow(events.HandOverConfirmed, opening.hand_over)
        follow(PersonRevoked, retirement.leave_rooms)
        follow(PersonMoved, retirement.leave_rooms)
