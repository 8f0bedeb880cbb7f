"""Reports and what follows from them, looks inside workspaces, and requests for help."""

from datetime import date, datetime

import strawberry
import strawberry_django
from django.db.models import Exists, OuterRef
from strawberry import relay

from backend.accounts.models import Person as PersonRow
from backend.moderation import models, permissions
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project
from graphql_schema.types.schools import Country, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.types.workspaces.standing import membership
from graphql_schema.viewer import Info, viewer_of

DECIDING = ["reporter", "author", "country", "state", "ban_proposed_by"]
ESCALATED = ["author", "country", "escalated_at", "escalation_reason"]


@strawberry_django.type(
    models.Report, description="Somebody reported something. What they wrote is read by `openReport` only."
)
class Report(Visible, relay.Node):
    category: models.ReportCategory = strawberry_django.field(description="What is wrong.")
    subject_kind: models.SubjectKind = strawberry_django.field(description="What kind of thing was reported.")
    state: models.ReportState = strawberry_django.field(description="Whether it has been decided.")
    country: Country = country_field(description="Whose agency decides.")
    created_at: datetime = strawberry_django.field(description="When it was reported.")
    due_at: datetime = strawberry_django.field(description="Until when it should be decided.")
    decided_at: datetime | None = strawberry_django.field(description="When it was decided.")

    @strawberry_django.field(description="Whether it has to be decided within 24 hours.", only=["category"])
    def is_severe(self) -> bool:
        return self.is_severe

    @strawberry_django.field(description="What came of it; null until it is decided.", only=["state", "outcome"])
    def outcome(self) -> models.ReportOutcome | None:
        return None if self.is_open else self.outcome

    @strawberry_django.field(
        description="Whether a ban is proposed and waits for a second officer.", only=["state", "ban_proposed_by"]
    )
    def is_ban_proposed(self) -> bool:
        return self.is_open and self.ban_proposed_by_id is not None

    @strawberry_django.field(
        description="Whether the viewer may open it, for a reason.",
        only=["author", "country", "workspace"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_open(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_open_report(viewer, self, membership(info, self.workspace_id))

    @strawberry_django.field(description="Whether the viewer may decide it now.", only=DECIDING, metadata=PER_VIEWER)
    def viewer_can_decide(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_decide_report(viewer, self)
        return may and not permissions.is_concerned(viewer, self) and self.is_open

    @strawberry_django.field(
        description="Whether the viewer may confirm the ban that another officer proposed.",
        only=DECIDING, metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_confirm_ban(self, info: Info) -> bool:
        viewer = viewer_of(info)
        waits = self.is_open and self.ban_proposed_by_id is not None
        return viewer is not None and waits and permissions.can_confirm_ban(viewer, self)

    @strawberry_django.field(description="When it was passed on; for officers.", only=ESCALATED, metadata=PER_VIEWER)
    def escalated_at(self, info: Info) -> datetime | None:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_read_escalation(viewer, self)
        return self.escalated_at if may else None

    @strawberry_django.field(description="Why it was passed on; for officers.", only=ESCALATED, metadata=PER_VIEWER)
    def escalation_reason(self, info: Info) -> str | None:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_read_escalation(viewer, self)
        return self.escalation_reason or None if may else None

    @strawberry_django.field(
        description="Whether the viewer may pass it on to the central service now.",
        only=[*DECIDING, "escalated_at"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_escalate(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_escalate_report(viewer, self)
        return may and not permissions.is_concerned(viewer, self) and self.is_open and not self.is_escalated


@strawberry.type(description="Somebody read a report.")
class ReportReading:
    reader_name: str = strawberry.field(description="Who.")
    reason: str = strawberry.field(description="Why.")
    at: datetime = strawberry.field(description="When.")


@strawberry.type(description="A whole report. That it was read, by whom and why, is kept.")
class OpenedReport:
    report: Report = strawberry.field(description="The report.")
    note: str = strawberry.field(description="What the reporter wrote.")
    reporter_name: str = strawberry.field(description="Who reported; empty for somebody who is gone.")
    author_name: str = strawberry.field(description="Whose thing it is; empty where it is nobody's own.")
    author_id: strawberry.ID | None = strawberry.field(description="Their id; null where it is nobody's own.")
    content: str = strawberry.field(description="What the reported thing says now; empty once it is gone.")
    content_when_reported: str = strawberry.field(
        description="What it said when it was reported; empty once its author was erased."
    )
    content_url: str | None = strawberry.field(
        description="Where the viewer reads a reported file for ten minutes, hidden or not."
    )
    readings: list[ReportReading] = strawberry.field(description="Who has read this report, and why.")


@strawberry_django.type(models.Sanction, description="A decision against a person.")
class Sanction(Visible, relay.Node):
    outcome: models.ReportOutcome = strawberry_django.field(description="What was decided.")
    reason: str = strawberry_django.field(description="Why.")
    until: date | None = strawberry_django.field(description="The last day of a suspension.")
    created_at: datetime = strawberry_django.field(description="When it was decided.")
    ended_at: datetime | None = strawberry_django.field(description="When it ended; null while it is in force.")
    end_reason: str = strawberry_django.field(description="Why it ended before its time.")
    report: Report | None = strawberry_django.field(description="The report that led to it: for officers.")
    appeal: "Appeal | None" = strawberry_django.field(description="The appeal against it.")

    @strawberry_django.field(description="The name of the person it is about.", prefetch_related=["person"])
    def person_name(self) -> str:
        return self.person.get_full_name()

    @strawberry_django.field(
        description="Whether the viewer may still appeal.",
        only=["person", "created_at"], prefetch_related=["appeal"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_appeal(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_appeal(viewer, self)
        return may and not hasattr(self, "appeal") and permissions.is_in_time(self)


@strawberry_django.type(models.Appeal, description="The sanctioned person asked for another look.")
class Appeal(Visible, relay.Node):
    sanction: Sanction | None = strawberry_django.field(description="The decision it is against.")
    text: str = strawberry_django.field(description="What the person wrote.")
    state: models.AppealState = strawberry_django.field(description="What came of it.")
    reason: str = strawberry_django.field(description="Why it was decided so.")
    created_at: datetime = strawberry_django.field(description="When it came in.")
    due_at: datetime = strawberry_django.field(description="Until when it should be decided.")
    decided_at: datetime | None = strawberry_django.field(description="When it was decided.")

    @strawberry_django.field(
        description="Whether the viewer may decide it now: no officer who had a part in the decision.",
        annotate={"waits_for_viewer": lambda info: _waits_for(viewer_of(info))}, metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_decide(self, info: Info) -> bool:
        if hasattr(self, "waits_for_viewer"):
            return self.waits_for_viewer
        viewer = viewer_of(info)  # a mutation's answer comes without
        return viewer is not None and models.Appeal.objects.waiting_for(viewer).filter(pk=self.pk).exists()


def _waits_for(viewer: PersonRow | None) -> Exists:
    waiting = models.Appeal.objects.waiting_for(viewer) if viewer else models.Appeal.objects.none()
    return Exists(waiting.filter(pk=OuterRef("pk")))


@strawberry_django.type(models.Look, description="An officer looked inside a private workspace.")
class Look(Visible, relay.Node):
    reason: str = strawberry_django.field(description="Why.")
    created_at: datetime = strawberry_django.field(description="When.")

    @strawberry_django.field(description="Who looked.", select_related=["officer"], only=["officer"])
    def officer_name(self) -> str:
        return self.officer.get_full_name()


@strawberry.type(description="One thing in a workspace, as an officer reads it.")
class SeenThing:
    kind: str = strawberry.field(description="What it is, such as `Post`.")
    author_name: str = strawberry.field(description="Who put it there.")
    at: datetime = strawberry.field(description="When it was put there.")
    title: str = strawberry.field(description="Its title or name, where it has one.")
    text: str = strawberry.field(description="What it says; empty once removed.")
    is_removed: bool = strawberry.field(description="Whether it was removed.")


@strawberry.type(description="A private workspace, as an officer sees it. Its teachers were told.")
class SeenInside:
    look: Look = strawberry.field(description="This look, as the workspace's teachers see it.")
    things: list[SeenThing] = strawberry.field(description="The last 200 things, newest first.")


@strawberry_django.type(models.HelpMessage, description="A message in a request for help.")
class HelpMessage(Visible, relay.Node):
    text: str = strawberry_django.field(description="What it says.")
    created_at: datetime = strawberry_django.field(description="When it was written.")

    @strawberry_django.field(description="Who wrote it.", select_related=["author"], only=["author"])
    def author_name(self) -> str:
        return str(self.author) if self.author else ""

    @strawberry_django.field(
        description="Whether the agency wrote it.", select_related=["request"], only=["author", "request__asker"]
    )
    def is_from_agency(self) -> bool:
        return self.author_id != self.request.asker_id


@strawberry_django.type(models.HelpRequest, description="Somebody at a school asks the agency for help.")
class HelpRequest(Visible, relay.Node):
    topic: models.HelpTopic = strawberry_django.field(description="What it is about.")
    state: models.HelpState = strawberry_django.field(description="Whose turn it is.")
    asker: Person | None = strawberry_django.field(description="Who asks.")
    country: Country = country_field(description="Whose agency answers.")
    project: Project | None = strawberry_django.field(description="The project it is about.")
    created_at: datetime = strawberry_django.field(description="When it was asked.")
    due_at: datetime | None = strawberry_django.field(description="Until when the agency should answer.")
    closed_at: datetime | None = strawberry_django.field(description="When it was closed.")

    @strawberry_django.connection(Connection[HelpMessage], description="Its messages, oldest first.")
    def conversation(self, info: Info) -> list[HelpMessage]:
        return models.HelpMessage.objects.for_viewer(viewer_of(info)).filter(request=self.pk).order_by("id")

    @strawberry_django.field(
        description="Whether the viewer may answer for the agency.", only=["country", "state"], metadata=PER_VIEWER
    )
    def viewer_can_answer(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_answer_help(viewer, self) and permissions.is_not_closed(self)

    @strawberry_django.field(
        description="Whether the viewer may write again.", only=["asker", "state"], metadata=PER_VIEWER
    )
    def viewer_can_reply(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_reply_help(viewer, self) and permissions.is_not_closed(self)

    @strawberry_django.field(
        description="Whether the viewer may say that it is done.",
        only=["asker", "country", "state"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_close(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_close_help(viewer, self) and permissions.is_not_closed(self)
