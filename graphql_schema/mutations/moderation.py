"""Reporting, deciding, appealing, and looking inside."""

from binascii import Error
from datetime import date
from typing import Annotated, Any

import strawberry
from django.urls import reverse
from strawberry import argument
from strawberry.relay.utils import from_base64

from backend.accounts.models import Person as PersonRow
from backend.core.guards import refusal
from backend.moderation import evidence, inside, models, subjects
from backend.moderation.actions import looks, reports, sanctions
from backend.projects.models import Project
from graphql_schema.lookup import find, global_id, key_of
from graphql_schema.mutations.rule import a_text, an_id, mutation, plain
from graphql_schema.types.moderation import (
    Appeal,
    OpenedReport,
    Report,
    ReportReading,
    Sanction,
    SeenInside,
    SeenThing,
)
from graphql_schema.viewer import Info, actor_of, viewer_of

REPORTABLE = {model.__name__: model for model in subjects.SUBJECTS.values()}
ReportId = an_id("The report.")


@plain
@strawberry.type(description="An appeal came in.")
class AppealReceived:
    received: bool = strawberry.field(description="Always true.")


@strawberry.type
class ModerationMutation:
    @mutation("Report something that is not right. A photo or video is hidden until somebody has decided.")
    def report_content(
        self,
        info: Info,
        subject_id: an_id(
            "Anything that somebody wrote or added: see `ReportedKind`; a public home by the id it has in the gallery."
        ),
        category: Annotated[models.ReportCategory, argument(description="What is wrong.")],
        note: a_text("A few words.") = "",
    ) -> Report:
        actor = actor_of(info)
        return reports.report_content(_reported(info, subject_id), actor=actor, category=category, note=note)

    @mutation("Read a whole report, for a reason. Who read it and why is kept.")
    def open_report(self, info: Info, report_id: ReportId, reason: a_text("Why it is read.")) -> OpenedReport:
        actor = actor_of(info)
        report = find(info, models.Report, report_id, field="report_id")
        return _opened(reports.open_report(report, actor=actor, reason=reason), actor)

    @mutation("Decide a report, with a reason that the person reads. A ban waits for a second officer.")
    def decide_report(
        self,
        info: Info,
        report_id: ReportId,
        outcome: Annotated[models.ReportOutcome, argument(description="What is decided.")],
        reason: a_text("Why; the person reads it."),
        until: Annotated[date | None, argument(description="The last day of a suspension.")] = None,
    ) -> Report:
        actor = actor_of(info)
        report = find(info, models.Report, report_id, field="report_id")
        return reports.decide_report(report, actor=actor, outcome=outcome, reason=reason, until=until)

    @mutation("Confirm the ban that another officer proposed.")
    def confirm_ban(self, info: Info, report_id: ReportId, reason: a_text("Why; the person reads it.")) -> Report:
        actor = actor_of(info)
        report = find(info, models.Report, report_id, field="report_id")
        return reports.confirm_ban(report, actor=actor, reason=reason)

    @mutation("Pass a report on to the central service, once. Whoever may decide it still may.")
    def escalate_report(
        self, info: Info, report_id: ReportId, reason: a_text("Why; officers who see the report read it.")
    ) -> Report:
        actor = actor_of(info)
        report = find(info, models.Report, report_id, field="report_id")
        return reports.escalate_report(report, actor=actor, reason=reason)

    @mutation("Appeal against a decision about oneself, once.")
    def appeal_decision(
        self, info: Info, decision_id: an_id("The sanction."), text: a_text("Why it is not right.")
    ) -> Appeal:
        actor = actor_of(info)
        sanction = find(info, models.Sanction, decision_id, field="decision_id")
        return sanctions.appeal_decision(sanction, actor=actor, text=text)

    @mutation("Appeal by the link of the letter, for who cannot sign in.")
    def appeal_by_link(self, token: a_text("The token of the link."), text: a_text("Why.")) -> AppealReceived:
        sanctions.appeal_by_link(token, text=text)
        return AppealReceived(received=True)

    @mutation("Decide an appeal against another officer's decision.")
    def decide_appeal(
        self,
        info: Info,
        appeal_id: an_id("The appeal."),
        upheld: Annotated[bool, argument(description="Whether the decision stands; if not, it is undone.")],
        reason: a_text("Why; the person reads it."),
    ) -> Appeal:
        actor = actor_of(info)
        appeal = find(info, models.Appeal, appeal_id, field="appeal_id")
        return sanctions.decide_appeal(appeal, actor=actor, upheld=upheld, reason=reason)

    @mutation("End a suspension before its day.")
    def lift_suspension(
        self, info: Info, person_id: an_id("Who is suspended."), reason: a_text("Why; the person reads it.")
    ) -> Sanction:
        actor = actor_of(info)
        return sanctions.lift_suspension(_sanctioned(info, person_id), actor=actor, reason=reason)

    @mutation("Look inside a private workspace, for a reason. Its teachers are told and read the reason.")
    def look_inside(
        self, info: Info, project_id: an_id("The project."), reason: a_text("Why; its teachers read it.")
    ) -> SeenInside:
        actor = actor_of(info)
        look = looks.look_inside(find(info, Project, project_id, field="project_id"), actor=actor, reason=reason)
        return SeenInside(look=look, things=[_thing(seen) for seen in inside.last_things(look.workspace)])


def _reported(info: Info, identifier: str) -> Any:
    """What the id names, if it is one of the things that can be reported and the viewer may see it."""
    try:
        name, _ = from_base64(identifier)
    except (ValueError, Error, UnicodeError):
        name = ""
    if name not in REPORTABLE:
        raise refusal("not_found", field="subject_id")
    return find(info, REPORTABLE[name], identifier, field="subject_id")


def _sanctioned(info: Info, identifier: str) -> PersonRow:
    """Officers do not see pupils, but whom a decision of their country is about."""
    visible = models.Sanction.objects.visible_to(viewer_of(info)).filter(person=key_of(identifier, "Person"))
    sanction = visible.select_related("person").first()
    return sanction.person if sanction else find(info, PersonRow, identifier, field="person_id")


def _opened(report: models.Report, reader: PersonRow) -> OpenedReport:
    readings = report.readings.select_related("reader")
    return OpenedReport(
        report=report,
        note=report.note,
        reporter_name=str(report.reporter or ""),
        author_name=str(report.author or ""),
        author_id=global_id(report.author) if report.author else None,
        content=subjects.text_of(subjects.subject_of(report)),
        content_when_reported=subjects.as_text(report.said),
        content_url=_content_url(report, reader),
        readings=[ReportReading(reader_name=str(r.reader), reason=r.reason, at=r.created_at) for r in readings],
    )


def _content_url(report: models.Report, reader: PersonRow) -> str | None:
    if not evidence.is_file(report):
        return None
    return f"{reverse('file', args=[report.subject_id])}?report={evidence.evidence_token(report, reader=reader)}"


def _thing(seen: inside.Seen) -> SeenThing:
    return SeenThing(
        kind=seen.kind, author_name=seen.author, at=seen.at, title=seen.title, text=seen.text,
        is_removed=seen.is_removed,
    )  # fmt: skip
