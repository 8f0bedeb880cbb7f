"""Countries and schools."""

import strawberry_django
from strawberry import relay

from backend.schools import models
from backend.schools.countries import kosovo_footnote
from backend.schools.permissions import can_join_school
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of


@strawberry_django.type(models.Country, description="A participating country.")
class Country:
    code: str = strawberry_django.field(description="ISO 3166-1 alpha-2 code; XK for Kosovo.")

    @strawberry_django.field(description="The name in the reader's language.", only=["code"])
    def label(self) -> str:
        return self.label

    @strawberry_django.field(description="The footnote that goes with the name, where there is one.", only=["code"])
    def footnote(self) -> str | None:
        return kosovo_footnote() if self.code == "XK" else None


@strawberry_django.type(models.School, description="A school.")
class School(Visible, relay.Node):
    official_number: str = strawberry_django.field(description="The number in the national register, if known.")
    name: str = strawberry_django.field(description="The legal name.")
    town: str = strawberry_django.field(description="The town.")
    postal_code: str = strawberry_django.field(description="The postal code.")
    address: str = strawberry_django.field(description="Street and number.")
    region: str = strawberry_django.field(description="The region.")
    is_abroad: bool = strawberry_django.field(description="Whether the school lies outside its country.")
    type: models.SchoolType = strawberry_django.field(description="The type of school.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    pupil_count: int | None = strawberry_django.field(description="How many pupils the school has.")
    web_site: str = strawberry_django.field(description="The address of the web site.")
    latitude: float | None = strawberry_django.field(description="Degrees north, WGS 84.")
    longitude: float | None = strawberry_django.field(description="Degrees east, WGS 84.")
    state: models.SchoolState = strawberry_django.field(description="Whether the school is validated.")
    country: Country = strawberry_django.field(description="The country whose agency looks after it.")

    @strawberry_django.field(description="The name to show.", only=["public_name", "name"])
    def display_name(self) -> str:
        return self.display_name

    @strawberry_django.field(
        description="Whether the viewer may join.", only=["state", "proposed_by"], metadata={"per_viewer": True}
    )
    def viewer_can_join(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_join_school(viewer, self)


@strawberry_django.type(models.SchoolMembership, description="Somebody works at a school.")
class SchoolMembership(Visible, relay.Node):
    state: models.MembershipState = strawberry_django.field(description="Whether the agency has confirmed it.")
    school: School | None = strawberry_django.field(description="The school.")
