"""Reports, decisions about oneself, appeals, looks inside workspaces, and requests for help."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.moderation import models
from graphql_schema.lookup import key_of
from graphql_schema.types.connections import Connection
from graphql_schema.types.moderation import Appeal, HelpRequest, Look, Report, Sanction
from graphql_schema.viewer import Info, viewer_key, viewer_of


@strawberry.type
class ModerationQuery:
    @strawberry_django.connection(
        Connection[Report],
        description="Reports the viewer made, of workspaces where they teach, or of an officer's countries; "
        "due first first.",
    )
    def reports(
        self,
        info: Info,
        state: Annotated[models.ReportState | None, argument(description="Only in this state.")] = None,
    ) -> list[Report]:
        visible = models.Report.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("due_at", "id")

    @strawberry_django.connection(Connection[Sanction], description="Decisions about the viewer, newest first.")
    def sanctions(self, info: Info) -> list[Sanction]:
        visible = models.Sanction.objects.for_viewer(viewer_of(info))
        return visible.filter(person=viewer_key(info)).order_by("-id")

    @strawberry_django.connection(
        Connection[Appeal], description="The viewer's appeals, or those in an officer's countries; due first first."
    )
    def appeals(
        self,
        info: Info,
        state: Annotated[models.AppealState | None, argument(description="Only in this state.")] = None,
    ) -> list[Appeal]:
        visible = models.Appeal.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("due_at", "id")

    @strawberry_django.connection(
        Connection[Look],
        description="When officers looked inside a workspace, and why: for its teachers; newest first.",
    )
    def looks_inside(
        self, info: Info, workspace_id: Annotated[strawberry.ID, argument(description="The workspace.")]
    ) -> list[Look]:
        visible = models.Look.objects.for_viewer(viewer_of(info))
        return visible.filter(workspace=key_of(workspace_id, "Workspace")).order_by("-id")

    @strawberry_django.connection(
        Connection[HelpRequest],
        description="The viewer's requests for help, or those of an officer's countries; newest first.",
    )
    def help_requests(
        self,
        info: Info,
        state: Annotated[models.HelpState | None, argument(description="Only in this state.")] = None,
    ) -> list[HelpRequest]:
        visible = models.HelpRequest.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("-id")
