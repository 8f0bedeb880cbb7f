"""Agencies and their officers."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.accounts.models import PersonState
from backend.agencies import models
from backend.agencies.permissions import can_lead
from backend.labels.models.grids import loaded_policy
from backend.schools.models import ApprovalPolicy
from backend.vocabulary.codes import Language
from backend.workspaces.uploads.quota import within_server
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.schools import Country, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.uploads import UploadLimits, limits_of
from graphql_schema.viewer import Info, viewer_of


@strawberry_django.type(models.Agency, description="Who looks after a country; the central service looks after all.")
class Agency(Visible, relay.Node):
    name: str = strawberry_django.field(description="Its name.")
    email: str = strawberry_django.field(description="The address for questions; empty while it has given none.")
    web_site: str = strawberry_django.field(description="The address of its web site; empty while it has given none.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    country: Country | None = country_field(description="Its country; null for the central service.")

    @strawberry_django.field(
        description="Within how many working days it wants to answer; null for the central service.",
        select_related=["country"],
        only=["country__target_working_days"],
    )
    def target_working_days(self) -> int | None:
        return self.country.target_working_days if self.country else None

    @strawberry_django.field(
        description="How it approves projects; null for the central service.",
        select_related=["country"],
        only=["country__approval"],
    )
    def project_approval(self) -> ApprovalPolicy | None:
        return ApprovalPolicy(self.country.approval) if self.country else None

    @strawberry_django.field(
        description="How much may be uploaded in workspaces founded in its country; null for the central service.",
        select_related=["country"],
        only=["country__file_megabytes", "country__video_megabytes", "country__workspace_megabytes"],
    )
    def upload_limits(self) -> UploadLimits | None:
        at = self.country
        if at is None:
            return None
        return limits_of(
            within_server(file=at.file_megabytes, video=at.video_megabytes, workspace=at.workspace_megabytes)
        )

    @strawberry_django.field(
        description="How many assessors look at an application for a quality label; null for the central service.",
        select_related=["country__label_policy"],
        only=["country__label_policy__assessors"],
    )
    def label_assessors(self) -> int | None:
        return loaded_policy(self.country).assessors if self.country else None

    @strawberry_django.field(
        description="Within how many working days it wants to decide on a quality label; null for the central service.",
        select_related=["country__label_policy"],
        only=["country__label_policy__target_working_days"],
    )
    def label_target_working_days(self) -> int | None:
        return loaded_policy(self.country).target_working_days if self.country else None

    @strawberry_django.field(
        description="Whether the viewer may set its policies and appoint its officers.",
        only=["id"], metadata={"per_viewer": True},
    )  # fmt: skip
    def viewer_can_lead(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_lead(viewer, self.pk)


@strawberry_django.type(models.Officer, description="Somebody's appointment at an agency.")
class Officer(Visible, relay.Node):
    agency: Agency = strawberry_django.field(description="The agency.")
    role: models.OfficerRole = strawberry_django.field(description="What the officer may do.")
    created_at: datetime = strawberry_django.field(description="When the officer was first appointed.")

    @strawberry_django.field(
        description="The regions of a regional delegate, as schools name them; empty for others.", only=["regions"]
    )
    def regions(self) -> list[str]:
        return list(self.regions)

    @strawberry_django.field(description="Given and family name.", select_related=["person"])
    def name(self) -> str:
        return str(self.person)

    @strawberry_django.field(description="The e-mail address.", select_related=["person"])
    def email(self) -> str:
        return self.person.email

    @strawberry_django.field(
        description="Whether the appointment is in force; `EMAIL_UNCONFIRMED` until the letter is answered.",
        select_related=["person"],
    )
    def state(self) -> PersonState:
        return PersonState(self.person.state)

    @strawberry_django.field(
        description="Whether the viewer may change or end it.", only=["agency"], metadata={"per_viewer": True}
    )
    def viewer_can_change(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_lead(viewer, self.agency_id)


@strawberry_django.type(models.ReadyText, description="A text that an agency has ready, in one language.")
class ReadyText(Visible, relay.Node):
    use: models.TextUse = strawberry_django.field(description="What it is for.")
    language: Language = strawberry_django.field(description="The language.")
    title: str = strawberry_django.field(description="The title; of a message its subject.")
    text: str = strawberry_django.field(description="The text.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")


@strawberry_django.type(models.StandIn, description="The central service decided for an absent agency.")
class StandIn(Visible, relay.Node):
    agency: Agency = strawberry_django.field(description="The agency.")
    reason: str = strawberry_django.field(description="Why, in the words of the central service.")
    created_at: datetime = strawberry_django.field(description="When.")

    @strawberry_django.field(description="The kind of event that was recorded.", select_related=["event"])
    def kind(self) -> str:
        return self.event.kind if self.event else ""
