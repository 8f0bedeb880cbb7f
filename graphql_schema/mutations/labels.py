"""Applying for, assessing, awarding and nominating quality labels."""

from typing import Annotated, Any

import strawberry
from django.apps import apps
from strawberry import argument
from strawberry.relay.utils import from_base64

from backend.core.guards import ensure, refusal
from backend.labels import models
from backend.labels.actions import applying, assessing, deciding, drafting, european
from backend.labels.evidence import EVIDENCE_LIMIT, exhibits
from backend.projects.models import Project as ProjectRow
from graphql_schema.lookup import find
from graphql_schema.mutations.projects import or_conflict
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.types.labels import (
    EuropeanLabel,
    LabelApplication,
    LabelDraft,
    LabelExhibit,
    LabelNomination,
    OpenedLabelEvidence,
)
from graphql_schema.types.projects import Project, TextConflict
from graphql_schema.viewer import Info, actor_of

DraftId = an_id("The draft.")
ApplicationId = an_id("The application.")
ProjectId = an_id("The project.")
SHOWN = {label.rpartition(".")[2]: label for label in models.EvidenceKind.values}


@strawberry.input(description="An answer to a criterion of the grid.")
class LabelAnswerText:
    criterion: str = strawberry.field(description="The criterion's code.")
    text: str = strawberry.field(description="The answer.")


@strawberry.input(description="Points for a part, or for a criterion without parts.")
class LabelPoints:
    criterion: str = strawberry.field(description="Its code.")
    points: int = strawberry.field(description="The points, up to its maximum.")


@strawberry.type
class LabelsMutation:
    @mutation("Apply for the national quality label for the own contribution to a European project.")
    def apply_for_label(
        self,
        info: Info,
        project_id: ProjectId,
        answers: Annotated[list[LabelAnswerText], argument(description="An answer to each criterion.")],
        evidence_ids: Annotated[
            list[strawberry.ID],
            argument(
                description="Things in the project's workspace, at most 30: files, pages, forums, threads, posts, "
                "news, activities."
            ),
        ],
    ) -> LabelApplication:
        actor = actor_of(info)
        project = find(info, ProjectRow, project_id, field="project_id")
        texts = {each.criterion: each.text for each in answers}
        return applying.apply_for_label(project, actor=actor, answers=texts, evidence=_things(info, evidence_ids))

    @mutation("Write an application bit by bit: begin a draft, or go on. Who saves on an old version gets both texts.")
    def save_label_draft(
        self,
        info: Info,
        project_id: ProjectId,
        expected_version: Annotated[int, argument(description="The version it was read with; 0 to begin.")] = 0,
        answers: Annotated[
            list[LabelAnswerText] | None, argument(description="Answers as far as they changed; others stay.")
        ] = None,
        evidence_ids: Annotated[
            list[strawberry.ID] | None, argument(description="All that it shows; null leaves it as it is.")
        ] = None,
    ) -> LabelDraft | TextConflict:
        actor = actor_of(info)
        project = find(info, ProjectRow, project_id, field="project_id")
        texts = {each.criterion: each.text for each in answers or ()}
        shown = None if evidence_ids is None else _things(info, evidence_ids)
        return or_conflict(
            lambda: drafting.save_label_draft(
                project, actor=actor, expected_version=expected_version, answers=texts, evidence=shown
            )
        )

    @mutation("Send a draft: from now on it is an application.")
    def submit_label_draft(
        self,
        info: Info,
        draft_id: DraftId,
        expected_version: Annotated[int, argument(description="The version that is sent.")],
    ) -> LabelApplication | TextConflict:
        actor = actor_of(info)
        draft = find(info, models.LabelDraft, draft_id, field="draft_id")
        return or_conflict(lambda: drafting.submit_label_draft(draft, actor=actor, expected_version=expected_version))

    @mutation("Throw a draft away. Gives the project.")
    def discard_label_draft(self, info: Info, draft_id: DraftId) -> Project:
        actor = actor_of(info)
        return drafting.discard_label_draft(find(info, models.LabelDraft, draft_id, field="draft_id"), actor=actor)

    @mutation("Take the own application back before it is decided.")
    def withdraw_label_application(self, info: Info, application_id: ApplicationId) -> LabelApplication:
        actor = actor_of(info)
        return applying.withdraw_label_application(_application(info, application_id), actor=actor)

    @mutation("Open the evidence of an application as an assessor. Each opening is logged.", keyed=False)
    def open_label_evidence(self, info: Info, application_id: ApplicationId) -> OpenedLabelEvidence:
        actor = actor_of(info)
        application = assessing.open_label_evidence(_application(info, application_id), actor=actor)
        shown = [LabelExhibit(shown=each) for each in exhibits(application)]
        return OpenedLabelEvidence(application=application, exhibits=shown)

    @mutation("Declare a conflict of interest: the officer is out of this application.")
    def declare_conflict(self, info: Info, application_id: ApplicationId) -> LabelApplication:
        actor = actor_of(info)
        return assessing.declare_conflict(_application(info, application_id), actor=actor)

    @mutation("Give points to everything the grid marks; again to change them, until the decision.")
    def assess_label(
        self,
        info: Info,
        application_id: ApplicationId,
        points: Annotated[list[LabelPoints], argument(description="Points for each part and undivided criterion.")],
        feedback: a_text("For the applicant, who reads it after the decision.") = "",
    ) -> LabelApplication:
        actor = actor_of(info)
        given = {each.criterion: each.points for each in points}
        application = _application(info, application_id)
        return assessing.assess_label(application, actor=actor, points=given, feedback=feedback)

    @mutation("Award the label; the points must reach each minimum and the threshold.")
    def award_label(
        self,
        info: Info,
        application_id: ApplicationId,
        feedback: a_text("For the applicant; the central service has to say why it acts.") = "",
    ) -> LabelApplication:
        actor = actor_of(info)
        return deciding.award_label(_application(info, application_id), actor=actor, feedback=feedback)

    @mutation("Do not award the label, with feedback the applicant reads.")
    def refuse_label(
        self, info: Info, application_id: ApplicationId, feedback: a_text("What was missing.")
    ) -> LabelApplication:
        actor = actor_of(info)
        return deciding.refuse_label(_application(info, application_id), actor=actor, feedback=feedback)

    @mutation("Nominate a project that the own country awarded for the European quality label.")
    def nominate_for_european_label(self, info: Info, project_id: ProjectId) -> LabelNomination:
        actor = actor_of(info)
        project = find(info, ProjectRow, project_id, field="project_id")
        return european.nominate_for_european_label(project, actor=actor)

    @mutation("Award the European quality label to a nominated project, as the central service.")
    def award_european_label(
        self, info: Info, project_id: ProjectId, reason: a_text("Why; everybody may read it.")
    ) -> EuropeanLabel:
        actor = actor_of(info)
        project = find(info, ProjectRow, project_id, field="project_id")
        return european.award_european_label(project, actor=actor, reason=reason)


def _application(info: Info, identifier: str) -> models.LabelApplication:
    return find(info, models.LabelApplication, identifier, field="application_id")


def _things(info: Info, identifiers: list[strawberry.ID]) -> list[Any]:
    """What the ids name among the kinds of things that can be shown."""
    ensure(len(identifiers) <= EVIDENCE_LIMIT, "too_many_at_once", field="evidence_ids", limit=EVIDENCE_LIMIT)
    return [find(info, apps.get_model(_kind_of(each)), each, field="evidence_ids") for each in identifiers]


def _kind_of(identifier: str) -> str:
    try:
        return SHOWN[from_base64(identifier)[0]]
    except (ValueError, KeyError):
        raise refusal("not_found", field="evidence_ids") from None
