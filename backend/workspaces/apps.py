"""The live room of an open project."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "backend.workspaces"
    label = "workspaces"

    def ready(self) -> None:
        from backend.eventlog.record import follow
        from backend.projects.events import PartnerJoined, PartnerLeft, ProjectEdited, ProjectOpened
        from backend.workspaces.opening import admit_partner, open_workspace, release_partner, retell

        follow(ProjectOpened, open_workspace)
        follow(ProjectEdited, retell)
        follow(PartnerJoined, admit_partner)
        follow(PartnerLeft, release_partner)
