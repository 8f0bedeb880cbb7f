"""Agencies, and who works there."""

from typing import Annotated

import strawberry
import strawberry_django
from django.db.models import F
from strawberry import argument

from backend.agencies import models
from backend.mailings import models as mailings
from graphql_schema.lookup import key_of
from graphql_schema.types.agencies import Agency, Officer, ReadyText, StandIn
from graphql_schema.types.connections import Connection
from graphql_schema.types.support.mailings import Mailing, MailingAudience
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

    @strawberry_django.connection(Connection[ReadyText], description="The texts that the viewer's agency has ready.")
    def ready_texts(
        self,
        info: Info,
        use: Annotated[models.TextUse | None, argument(description="Only those for this.")] = None,
    ) -> list[ReadyText]:
        found = models.ReadyText.objects.for_viewer(viewer_of(info))
        return (found.filter(use=use) if use else found).order_by("id")

    @strawberry_django.connection(
        Connection[StandIn],
        description="What the central service decided for absent agencies, newest first: for their officers.",
    )
    def stand_ins(self, info: Info) -> list[StandIn]:
        return models.StandIn.objects.for_viewer(viewer_of(info)).order_by("-id")

    @strawberry_django.connection(
        Connection[Mailing],
        description="Messages to teachers, newest first: for officers those of their agency, for teachers those they got.",
    )
    def mailings(self, info: Info) -> list[Mailing]:
        return mailings.Mailing.objects.for_viewer(viewer_of(info)).order_by("-id")

    @strawberry_django.connection(
        Connection[MailingAudience], description="The filters for messages that the viewer's agency keeps."
    )
    def mailing_audiences(self, info: Info) -> list[MailingAudience]:
        return mailings.MailingAudience.objects.for_viewer(viewer_of(info)).order_by("id")

    @strawberry_django.field(
        description="Whether the viewer wants messages of the agency.", metadata={"per_viewer": True}
    )
    def mailing_consent(self, info: Info) -> bool:
        return mailings.MailingConsent.objects.filter(person=viewer_of(info), withdrawn_at=None).exists()
