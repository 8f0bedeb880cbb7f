"""Quality labels: the grid, applications and nominations."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.labels import models
from graphql_schema.types.connections import Connection
from graphql_schema.types.labels import LabelApplication, LabelDraft, LabelGrid, LabelNomination
from graphql_schema.viewer import Info, viewer_of


@strawberry.type
class LabelsQuery:
    @strawberry_django.field(description="What applications are assessed by now.")
    def label_grid(self, info: Info) -> LabelGrid | None:
        return models.LabelGrid.objects.for_viewer(viewer_of(info)).current().first()

    @strawberry_django.connection(
        Connection[LabelApplication],
        description="For teachers the own applications, for officers those of their country; newest first.",
    )
    def label_applications(
        self,
        info: Info,
        state: Annotated[models.LabelState | None, argument(description="Only in this state.")] = None,
    ) -> list[LabelApplication]:
        visible = models.LabelApplication.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("-id")

    @strawberry_django.connection(
        Connection[LabelDraft], description="The viewer's applications that are not sent yet, newest first."
    )
    def label_drafts(self, info: Info) -> list[LabelDraft]:
        return models.LabelDraft.objects.for_viewer(viewer_of(info)).order_by("-id")

    @strawberry_django.connection(
        Connection[LabelNomination],
        description="For officers: what their country nominated for the European label; newest first.",
    )
    def label_nominations(self, info: Info) -> list[LabelNomination]:
        return models.LabelNomination.objects.for_viewer(viewer_of(info)).order_by("-id")
