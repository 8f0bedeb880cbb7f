"""Who is in a project, the agencies' decisions, the way to approval, remarks, versions and hand-overs."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import relay
from strawberry.scalars import JSON

from backend.projects import models
from backend.projects.permissions import can_ask_hand_over, can_confirm_hand_over, can_read_decision
from backend.projects.tracker import StepKind, StepState
from backend.schools.countries import CountryCode
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.schools import Country, School, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of

Project = Annotated["Project", strawberry.lazy("graphql_schema.types.projects")]


@strawberry_django.type(models.ProjectMember, description="Somebody's place in a project.")
class ProjectMember(Visible, relay.Node):
    person: Person | None = strawberry_django.field(description="Who it is.")
    school: School | None = strawberry_django.field(description="The school of the day they came in.")
    country: Country = country_field(description="The country of that school.")
    role: models.ProjectRole = strawberry_django.field(description="Founder or partner.")
    state: models.ProjectMemberState = strawberry_django.field(description="Whether they are in.")
    is_administrator: bool = strawberry_django.field(description="Whether they administer project and workspace.")

    @strawberry_django.field(
        description="Whether the viewer may ask that this founder's place goes to a partner: the own place, or one whose "
        "founder is gone.",
        only=["project", "role", "country"], select_related=["person", "school"],
        prefetch_related=["project__members"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_hand_over(self, info: Info) -> bool:
        viewer = viewer_of(info)
        is_place = self.role == models.ProjectRole.FOUNDER and self.project.state == models.ProjectState.OPEN
        return viewer is not None and is_place and can_ask_hand_over(viewer, self.project, self)


@strawberry_django.type(models.Decision, description="One founder country's answer in one round of approval.")
class Decision(Visible, relay.Node):
    country: Country = country_field(description="Whose decision it is.")
    round: int = strawberry_django.field(description="The round; a changed project starts a new one.")
    outcome: models.Outcome = strawberry_django.field(description="What was decided, or that it waits.")
    is_automatic: bool = strawberry_django.field(description="Whether the country's policy decided.")
    due_at: datetime = strawberry_django.field(description="Until when it should be decided.")
    decided_at: datetime | None = strawberry_django.field(description="When it was decided.")

    @strawberry_django.field(
        description="What the officer wrote: for who is in the project and for the agencies; empty for others.",
        only=["comment", "project"], prefetch_related=["project__members"], metadata=PER_VIEWER,
    )  # fmt: skip
    def comment(self, info: Info) -> str:
        viewer = viewer_of(info)
        return self.comment if viewer and can_read_decision(viewer, self.project) else ""


@strawberry_django.type(
    models.ProjectComment, description="A remark on the text: of a founder, which no agency reads, or of an agency."
)
class ProjectComment(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description="Who wrote it.")
    text: str = strawberry_django.field(description="What it says.")
    country: Country | None = country_field(description="The country whose agency wrote it, if one did.")
    about: str = strawberry_django.field(description="The field of the text it is about; empty for all of it.")
    created_at: datetime = strawberry_django.field(description="When it was written.")
    resolved_at: datetime | None = strawberry_django.field(description="When it was dealt with.")


@strawberry_django.type(models.HandOver, description="A founder's place goes to a partner, once the agency confirms.")
class HandOver(Visible, relay.Node):
    giver: ProjectMember = strawberry_django.field(description="The founder.")
    taker: ProjectMember = strawberry_django.field(description="The partner who follows.")
    state: models.HandOverState = strawberry_django.field(description="What the agency decided, or that it waits.")
    due_at: datetime | None = strawberry_django.field(description="Until when the agency should decide.")
    comment: str = strawberry_django.field(description="What the agency wrote.")
    created_at: datetime = strawberry_django.field(description="When it was asked.")
    project: Project | None = strawberry_django.field(description="The project.")

    @strawberry_django.field(
        description="Whether the viewer may confirm or refuse it now.", only=["state", "giver__country"],
        select_related=["giver__school"], metadata={"per_viewer": True},
    )  # fmt: skip
    def viewer_can_decide(self, info: Info) -> bool:
        viewer = viewer_of(info)
        waits = self.state == models.HandOverState.WAITING
        return viewer is not None and waits and can_confirm_hand_over(viewer, self)


@strawberry.type(description="A step on a project's way, and whose turn it is.")
class TrackerStep:
    kind: StepKind = strawberry.field(description="Which step.")
    state: StepState = strawberry.field(description="Whether it is done, waits now, comes later or was stopped.")
    country: CountryCode | None = strawberry.field(
        description="The country whose agency decides; null for other steps."
    )
    members: list[strawberry.ID] = strawberry.field(
        description="The places in the project whose turn it is, when it is the founders' or the partner's."
    )
    since: datetime | None = strawberry.field(description="Since when it waits, or when it was stopped.")
    due_at: datetime | None = strawberry.field(
        description="Until when the agency should decide, or the partner answer."
    )
    is_overdue: bool = strawberry.field(description="Whether that moment has passed.")


@strawberry.type(description="The whole text of a project as it was after an edit.")
class ProjectVersion:
    number: int = strawberry.field(description="The version.")
    at: datetime = strawberry.field(description="When it was saved.")
    author_name: str = strawberry.field(description="Who saved it.")
    text: JSON = strawberry.field(description="The text, by field.")
