"""Countries and schools."""

from functools import cache
from typing import Annotated, Any

import strawberry
import strawberry_django
from strawberry import relay

from backend.agencies import permissions
from backend.monitoring.activity import history
from backend.schools import models
from backend.schools.countries import CountryCode, kosovo_footnote
from backend.schools.permissions import can_join_school, can_leave_school, can_make_main_school
from backend.schools.search import Duplicate, DuplicateReason
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.connections import Connection
from graphql_schema.types.live.history import Event
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of

PER_VIEWER = {"per_viewer": True}
ABOUT_STATE = ["state", "country"]


@strawberry_django.type(models.Country, description="A participating country.")
class Country:
    code: CountryCode = strawberry_django.field(description="ISO 3166-1 alpha-2 code; XK for Kosovo.")

    @strawberry_django.field(description="The name in the reader's language.", only=["code"])
    def label(self) -> str:
        return self.label

    @strawberry_django.field(description="The footnote that goes with the name, where there is one.", only=["code"])
    def footnote(self) -> str | None:
        return kosovo_footnote() if self.code == "XK" else None


@cache
def _country(code: str) -> models.Country:
    """All that is told of a country follows from its code, so no row is joined for it."""
    return models.Country(code=code)


def country_field(*, description: str) -> Any:
    """The country that a row's key names; annotated `Country`, with None where the key may be empty."""

    def country(self: Any):
        return _country(self.country_id) if self.country_id else None

    return strawberry_django.field(resolver=country, only=["country"], description=description)


@strawberry_django.type(models.School, description="A school.")
class School(Visible, relay.Node):
    official_number: str = strawberry_django.field(description="The number in the national register, if known.")
    name: str = strawberry_django.field(description="The legal name.")
    town: str = strawberry_django.field(description="The town.")
    postal_code: str = strawberry_django.field(description="The postal code.")
    address: str = strawberry_django.field(description="Street and number.")
    region: str = strawberry_django.field(description="The region.")
    other_region: str = strawberry_django.field(description="The education region, where that is another one.")
    is_abroad: bool = strawberry_django.field(description="Whether the school lies outside its country.")
    type: models.SchoolType = strawberry_django.field(description="The type of school.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    pupil_count: int | None = strawberry_django.field(description="How many pupils the school has.")
    presentation: str = strawberry_django.field(description="What its people write about it.")
    web_site: str = strawberry_django.field(description="The address of the web site.")
    latitude: float | None = strawberry_django.field(description="Degrees north, WGS 84.")
    longitude: float | None = strawberry_django.field(description="Degrees east, WGS 84.")
    version: int = strawberry_django.field(description="The version of the details; hand it back when editing.")
    state: models.SchoolState = strawberry_django.field(description="Whether the school is validated.")
    country: Country = country_field(description="The country whose agency looks after it.")
    merged_into: Annotated["School", strawberry.lazy("graphql_schema.types.schools")] | None = strawberry_django.field(
        description="The record of the same school that goes on, once this one was merged."
    )

    @strawberry_django.field(description="The name to show.", only=["public_name", "name"])
    def display_name(self) -> str:
        return self.display_name

    @strawberry_django.field(
        description="What the agency wrote with its decision: for its officers and whoever proposed the school.",
        only=["state_reason", "proposed_by", "country"], metadata=PER_VIEWER,
    )  # fmt: skip
    def state_reason(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        return self.state_reason if viewer and permissions.can_read_decision(viewer, self) else None

    @strawberry_django.field(
        description="The principal's name: for officers.", only=["principal_name", "country"], metadata=PER_VIEWER
    )
    def principal_name(self, info: Info) -> str | None:
        return self.principal_name if oversees(info, self) else None

    @strawberry_django.field(
        description="The principal's e-mail address: for officers.",
        only=["principal_email", "country"], metadata=PER_VIEWER,
    )  # fmt: skip
    def principal_email(self, info: Info) -> str | None:
        return self.principal_email if oversees(info, self) else None

    @strawberry_django.connection(
        Connection[Event],
        description="What happened to it and to the records merged into it, newest first: for officers.",
    )
    def history(self, info: Info) -> list[Event]:
        return history(viewer_of(info), self).order_by("-id")

    @strawberry_django.field(
        description="Whether the viewer may join.", only=["state", "proposed_by"], metadata=PER_VIEWER
    )
    def viewer_can_join(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_join_school(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may change presentation, web site, ages and number of pupils.",
        only=["proposed_by", *ABOUT_STATE], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_edit(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and not self.is_gone and permissions.can_edit_school(viewer, self, _place(info, self))

    @strawberry_django.field(
        description="Whether the viewer may change name, number and address too.",
        only=["proposed_by", *ABOUT_STATE], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_edit_official_details(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and not self.is_gone and permissions.can_edit_official_details(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may validate or reject.", only=ABOUT_STATE, metadata=PER_VIEWER
    )
    def viewer_can_decide(self, info: Info) -> bool:
        return self.awaits_decision and _decides(info, self)

    @strawberry_django.field(
        description="Whether the viewer may merge it into another record.", only=ABOUT_STATE, metadata=PER_VIEWER
    )
    def viewer_can_merge(self, info: Info) -> bool:
        return not self.is_gone and _decides(info, self)

    @strawberry_django.field(description="Whether the viewer may close it.", only=ABOUT_STATE, metadata=PER_VIEWER)
    def viewer_can_close(self, info: Info) -> bool:
        return self.is_open and _decides(info, self)

    @strawberry_django.field(description="Whether the viewer may reopen it.", only=ABOUT_STATE, metadata=PER_VIEWER)
    def viewer_can_reopen(self, info: Info) -> bool:
        return self.is_closed and _decides(info, self)


@strawberry.type(description="A school that may be the one in question, and why.")
class PossibleDuplicate:
    school: School = strawberry.field(description="The school.")
    reasons: list[DuplicateReason] = strawberry.field(description="Why it may be the same.")


@strawberry_django.type(models.SchoolMembership, description="Somebody works at a school.")
class SchoolMembership(Visible, relay.Node):
    state: models.MembershipState = strawberry_django.field(description="Whether the agency has confirmed it.")
    school: School | None = strawberry_django.field(description="The school.")

    @strawberry_django.field(
        description="Whether this is where the person mainly works.", select_related=["person"], only=["school"]
    )
    def is_main(self) -> bool:
        return self.person.school_id == self.school_id

    @strawberry_django.field(
        description="Whether the viewer may leave the school.", only=["person", "state"], metadata=PER_VIEWER
    )
    def viewer_can_leave(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_leave_school(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may make it the school where they mainly work.",
        only=["id"],
        metadata=PER_VIEWER,
    )
    def viewer_can_choose(self, info: Info) -> bool:
        viewer = viewer_of(info)
        mine = next((place for place in _places(info) if place.pk == self.pk), None)
        return viewer is not None and mine is not None and can_make_main_school(viewer, mine)


def as_possible_duplicates(info: Info, found: list[Duplicate]) -> list[PossibleDuplicate]:
    """Those that the viewer may see."""
    visible = models.School.objects.for_viewer(viewer_of(info)).in_bulk([one.school.pk for one in found])
    return [
        PossibleDuplicate(school=visible[one.school.pk], reasons=list(one.reasons))
        for one in found
        if one.school.pk in visible
    ]


def oversees(info: Info, school: models.School) -> bool:
    """Whether the viewer is an officer for it."""
    viewer = viewer_of(info)
    return viewer is not None and viewer.oversees.covers(school.country_id, school)


def _decides(info: Info, school: models.School) -> bool:
    viewer = viewer_of(info)
    return viewer is not None and permissions.can_decide_for(viewer, school.country_id)


def _place(info: Info, school: models.School) -> models.SchoolMembership | None:
    return next((place for place in _places(info) if place.school_id == school.pk), None)


def _places(info: Info) -> list[models.SchoolMembership]:
    """The viewer's places, loaded once a request."""
    viewer = viewer_of(info)

    def load() -> list[models.SchoolMembership]:
        if viewer is None:
            return []
        return list(viewer.school_memberships.filter(state__in=models.PRESENT).select_related("school"))

    return info.context.once("places", load)
