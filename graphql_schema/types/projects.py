"""Projects, who is in them, and the agencies' decisions."""

from datetime import date, datetime
from typing import Annotated, ClassVar

import strawberry
import strawberry_django
from strawberry import relay
from strawberry.scalars import JSON

from backend.labels.permissions import can_apply_for_label, is_european, is_ready_for_label
from backend.monitoring.projects import last_activity, silent_pupils
from backend.projects import models
from backend.projects.permissions import (
    can_answer_project,
    can_copy_project,
    can_edit_project,
    can_end_project,
    can_invite_partner,
    can_read_decision,
    can_submit_project,
    can_withdraw_project,
    is_editable,
    is_withdrawable,
    member_of,
    sides_for,
)
from backend.projects.tracker import steps_of
from backend.schools.countries import CountryCode
from graphql_schema import choices  # noqa: F401
from graphql_schema.lookup import annotated, global_id
from graphql_schema.types.accounts import PER_VIEWER
from graphql_schema.types.connections import Connection
from graphql_schema.types.project_life import (
    Decision,
    HandOver,
    ProjectComment,
    ProjectMember,
    ProjectVersion,
    TrackerStep,
)
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Competence, Language, Subject
from graphql_schema.viewer import Info, viewer_of

NationalLabel = Annotated["NationalLabel", strawberry.lazy("graphql_schema.types.labels")]
EuropeanLabel = Annotated["EuropeanLabel", strawberry.lazy("graphql_schema.types.labels")]
LibraryEntry = Annotated["LibraryEntry", strawberry.lazy("graphql_schema.types.library.entries")]
Workspace = Annotated["Workspace", strawberry.lazy("graphql_schema.types.workspaces.room")]
WITH_MEMBERS = {"only": ["state", "submitted_by"], "prefetch_related": ["members"]}
WITH_DECISIONS = {
    "only": ["state", "round", "state_since", "submitted_by"],
    "prefetch_related": ["members", "decisions"],
}


@strawberry_django.type(models.Project, description="A project of two founders and their partners.")
class Project(Visible, relay.Node):
    title: str = strawberry_django.field(description="The title.")
    summary: str = strawberry_django.field(description="What it is about.")
    aims: str = strawberry_django.field(description="What it is for.")
    process: str = strawberry_django.field(description="How the work goes.")
    results: str = strawberry_django.field(description="What should come out.")
    tools: str = strawberry_django.field(description="What is used.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    pupil_count: int | None = strawberry_django.field(description="How many pupils take part.")
    starts_on: date | None = strawberry_django.field(description="The first day.")
    ends_on: date | None = strawberry_django.field(description="The last day.")
    languages: list[Language] = strawberry_django.field(description="Working languages.")
    subjects: list[Subject] = strawberry_django.field(description="Subjects.")
    competences: list[Competence] = strawberry_django.field(description="Key competences.")
    erasmus_link: str = strawberry_django.field(description="The address of an Erasmus+ project it belongs to.")
    state: models.ProjectState = strawberry_django.field(description="How far it has come.")
    state_since: datetime = strawberry_django.field(description="Since when.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    members: list[ProjectMember] = strawberry_django.field(description="Founders and partners.")
    decisions: list[Decision] = strawberry_django.field(description="The agencies' decisions, all rounds.")
    created_at: datetime = strawberry_django.field(description="When the draft was started.")
    labels: list[NationalLabel] = strawberry_django.field(description="National quality labels of its teachers.")
    copied_from: Annotated["Project", strawberry.lazy("graphql_schema.types.projects")] | None = (
        strawberry_django.field(description="The project it began as a copy of; null where the viewer may not see it.")
    )
    kit: LibraryEntry | None = strawberry_django.field(description="The project kit it began with.")
    workspace: Workspace | None = strawberry_django.field(
        description="The live room; null before approval and for who is not in it.", metadata=PER_VIEWER
    )
    european_label: EuropeanLabel | None = strawberry_django.field(description="The European quality label.")

    @strawberry_django.field(
        description="What was written with the last decision: for who is in it and for the agencies; empty for others.",
        only=["state_comment", "state"], prefetch_related=["members"], metadata=PER_VIEWER,
    )  # fmt: skip
    def state_comment(self, info: Info) -> str:
        viewer = viewer_of(info)
        return self.state_comment if viewer and can_read_decision(viewer, self) else ""

    @strawberry_django.field(
        description="When something was last done in its workspace, for agencies; null if never.",
        annotate={"last_activity": last_activity()}, metadata=PER_VIEWER,
    )  # fmt: skip
    def last_activity(self, info: Info) -> datetime | None:
        viewer = viewer_of(info)
        return annotated(self, "last_activity", last_activity()) if viewer and viewer.oversees else None

    @strawberry_django.field(
        description="How many of its pupils never signed in, for agencies.",
        annotate={"silent_pupils": silent_pupils()}, metadata=PER_VIEWER,
    )  # fmt: skip
    def silent_pupils(self, info: Info) -> int | None:
        viewer = viewer_of(info)
        return annotated(self, "silent_pupils", silent_pupils()) if viewer and viewer.oversees else None

    @strawberry_django.field(
        description="Until when the second founder should answer, or the next agency decide.", **WITH_DECISIONS
    )
    def due_at(self) -> datetime | None:
        return self.due_at

    @strawberry_django.field(description="Its way to approval: which step, whose turn, since when.", **WITH_DECISIONS)
    def tracker(self) -> list[TrackerStep]:
        return [
            TrackerStep(
                kind=s.kind,
                state=s.state,
                country=CountryCode(s.country) if s.country else None,
                since=s.since,
                due_at=s.due_at,
                is_overdue=s.is_overdue,
                members=[global_id(member) for member in s.members],
            )
            for s in steps_of(self)
        ]

    @strawberry_django.field(
        description="Earlier versions of the text, newest first, at most 50: for who is in it.", metadata=PER_VIEWER,
        **WITH_MEMBERS | {"prefetch_related": ["members", "versions", "versions__author"]},
    )  # fmt: skip
    def versions(self, info: Info) -> list[ProjectVersion]:
        viewer = viewer_of(info)
        if viewer is None or member_of(self, viewer) is None:
            return []
        kept = list(self.versions.all())[:50]
        return [
            ProjectVersion(number=v.number, at=v.created_at, author_name=str(v.author or ""), text=v.text) for v in kept
        ]

    @strawberry_django.connection(Connection[ProjectComment], description="Remarks on the text, oldest first.")
    def comments(self, info: Info) -> list[ProjectComment]:
        mine = models.ProjectComment.objects.for_viewer(viewer_of(info))
        return mine.filter(project=self.pk).order_by("id")

    @strawberry_django.connection(Connection[HandOver], description="Hand-overs that were asked for, newest first.")
    def hand_overs(self, info: Info) -> list[HandOver]:
        return models.HandOver.objects.for_viewer(viewer_of(info)).filter(project=self.pk).order_by("-id")

    @strawberry_django.field(
        description="Whether the viewer may close, reopen or archive it as its founder.",
        metadata=PER_VIEWER,
        **WITH_MEMBERS,
    )
    def viewer_can_end(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_end_project(viewer, self)

    @strawberry_django.field(
        description="Whether the viewer may start a new project from it.", metadata=PER_VIEWER, **WITH_MEMBERS
    )
    def viewer_can_copy(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_copy_project(viewer, self)

    @strawberry_django.field(description="Whether both founders are from one country.", prefetch_related=["members"])
    def is_national(self) -> bool:
        return self.is_national

    @strawberry_django.field(
        description="Whether the viewer may edit the text now.", metadata=PER_VIEWER, **WITH_MEMBERS
    )
    def viewer_can_edit(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_edit_project(viewer, self) and is_editable(self)

    @strawberry_django.field(description="Whether the viewer may send it now.", metadata=PER_VIEWER, **WITH_MEMBERS)
    def viewer_can_submit(self, info: Info) -> bool:
        viewer = viewer_of(info)
        sendable = self.state in (models.ProjectState.DRAFT, models.ProjectState.CHANGES_REQUESTED)
        return viewer is not None and can_submit_project(viewer, self) and sendable

    @strawberry_django.field(
        description="Whether the viewer is asked to accept or decline.", metadata=PER_VIEWER, **WITH_MEMBERS
    )
    def viewer_can_answer(self, info: Info) -> bool:
        viewer = viewer_of(info)
        waits = self.state == models.ProjectState.PENDING_PARTNER
        return viewer is not None and can_answer_project(viewer, self) and waits

    @strawberry_django.field(description="Whether the viewer may withdraw it now.", metadata=PER_VIEWER, **WITH_MEMBERS)
    def viewer_can_withdraw(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_withdraw_project(viewer, self) and is_withdrawable(self)

    @strawberry_django.field(
        description="The countries for which the viewer could decide now.", metadata=PER_VIEWER, **WITH_DECISIONS
    )
    def viewer_can_approve_for(self, info: Info) -> list[CountryCode]:
        viewer = viewer_of(info)
        return [CountryCode(side) for side in sides_for(viewer, self)] if viewer else []

    @strawberry_django.field(description="Whether the viewer may invite partners.", metadata=PER_VIEWER, **WITH_MEMBERS)
    def viewer_can_invite(self, info: Info) -> bool:
        viewer = viewer_of(info)
        is_open = self.state == models.ProjectState.OPEN
        return viewer is not None and can_invite_partner(viewer, self) and is_open

    @strawberry_django.field(
        description="Whether project and place in it allow the viewer to apply for the national quality label.",
        metadata=PER_VIEWER,
        **WITH_MEMBERS | {"only": ["state", "submitted_by", "ends_on"]},
    )
    def viewer_can_apply_for_label(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and can_apply_for_label(viewer, self)
        return may and is_european(self) and is_ready_for_label(self)


@strawberry.type(
    description="Somebody else saved meanwhile: what is stored and what was typed, so that nothing is lost."
)
class TextConflict:
    is_done: ClassVar[bool] = False  # nothing was written, so a client's key is free for the next try

    message: str = strawberry.field(description="The same, as a sentence.")
    code: str = strawberry.field(description="Always `text_changed_meanwhile`.")
    version: int = strawberry.field(description="The version that is stored; hand it back to write on top of it.")
    stored: JSON = strawberry.field(description="The stored text, by field.")
    typed: JSON = strawberry.field(description="The text that came with the mutation, by field.")
