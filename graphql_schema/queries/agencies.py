"""Agencies, and who works there."""

from typing import Annotated

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import argument

from backend.agencies import models
from graphql_schema.lookup import key_of
from graphql_schema.types.agencies import Agency, Officer
from graphql_schema.types.connections import Connection
from graphql_schema.viewer import Info, viewer_of


@strawberry.type
class AgenciesQuery:
    @strawberry_django.field(description="The central service, then the countries' agencies and how to reach them.")
    def agencies(self, info: Info) -> list[Agency]:
        return models.Agency.objects.for_viewer(viewer_of(info)).order_by(F("country").asc(nulls_first=True))

    @strawberry_django.connection(
        Connection[Officer],
        description="For leads the officers of their agency, for the central service all; who was invited and has not "
        "answered yet is among them.",
    )
    def officers(
        self,
        info: Info,
        agency_id: Annotated[strawberry.ID | None, argument(description="Only of this agency.")] = None,
    ) -> list[Officer]:
        serving = models.Officer.objects.for_viewer(viewer_of(info)).serving()
        return (serving.filter(agency=key_of(agency_id, "Agency")) if agency_id else serving).order_by("id")
