"""Quality labels: the grid, applications, awards and nominations."""

from datetime import date, datetime

import strawberry
import strawberry_django
from strawberry import relay
from strawberry.relay.utils import to_base64

from backend.labels import models, permissions
from backend.labels.evidence import Exhibit
from backend.workspaces.uploads.links import file_address
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.projects import Project
from graphql_schema.types.schools import Country, School, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, address_for, viewer_of

SCHOOL_YEAR = "The year in which the school year begins, on 1 September."
WITH_ASSESSMENTS = {"only": ["country", "state"], "prefetch_related": ["assessments"]}


@strawberry_django.type(models.LabelCriterion, description="A criterion of the grid, or a part of one.")
class LabelCriterion(Visible, relay.Node):
    code: str = strawberry_django.field(description="Its code: answers and points name it.")
    minimum: int = strawberry_django.field(description="The points it needs at least.")
    maximum: int = strawberry_django.field(description="The points it can get at most: those of its parts together.")
    parts: list["LabelCriterion"] = strawberry_django.field(
        description="Its parts: points are given to them. Without parts, to the criterion itself."
    )

    @strawberry_django.field(description="Its name in the reader's language.", only=["labels"])
    def label(self) -> str:
        return self.label


@strawberry_django.type(models.LabelGrid, description="A version of what applications are assessed by.")
class LabelGrid(Visible, relay.Node):
    version: int = strawberry_django.field(description="The version; an application keeps the one it was sent under.")
    valid_from: date = strawberry_django.field(description="Since when it is in force.")
    threshold: int = strawberry_django.field(description="The points the national label needs at least.")
    european_above: int = strawberry_django.field(description="A nomination for the European label needs more points.")
    criteria: list[LabelCriterion] = strawberry_django.field(description="The criteria, in order.")


@strawberry_django.type(models.LabelAnswer, description="What the applicant wrote about a criterion.")
class LabelAnswer(Visible, relay.Node):
    criterion: LabelCriterion = strawberry_django.field(description="The criterion.")
    text: str = strawberry_django.field(description="The answer.")


@strawberry.type(description="What stands in a draft about a criterion.")
class LabelDraftAnswer:
    criterion: str = strawberry.field(description="The criterion's code.")
    text: str = strawberry.field(description="The answer so far.")


@strawberry_django.type(models.LabelDraft, description="An application that is being written; only its author sees it.")
class LabelDraft(Visible, relay.Node):
    project: Project | None = strawberry_django.field(description="The project.")
    version: int = strawberry_django.field(description="The version; hand it back when saving or sending.")
    updated_at: datetime = strawberry_django.field(description="When it was last saved.")

    @strawberry_django.field(description="The answers so far, by criterion.", only=["answers"])
    def answers(self) -> list[LabelDraftAnswer]:
        return [LabelDraftAnswer(criterion=code, text=text) for code, text in sorted(self.answers.items())]

    @strawberry_django.field(description="The ids of what it shows, in order.", only=["evidence"])
    def evidence_ids(self) -> list[strawberry.ID]:
        return [strawberry.ID(to_base64(kind.rpartition(".")[2], key)) for kind, key in self.evidence]


@strawberry_django.type(models.LabelEvidence, description="Something in the workspace that the applicant shows.")
class LabelEvidence(Visible, relay.Node):
    kind: models.EvidenceKind = strawberry_django.field(description="What kind of thing it is.")

    @strawberry_django.field(description="The id of the thing itself.", only=["kind", "subject_id"])
    def subject_id(self) -> strawberry.ID:
        return strawberry.ID(to_base64(self.kind.rpartition(".")[2], str(self.subject_id)))


@strawberry_django.type(models.LabelMark, description="An assessor's points for one thing of the grid.")
class LabelMark(Visible, relay.Node):
    criterion: LabelCriterion = strawberry_django.field(description="A part, or a criterion without parts.")
    points: int = strawberry_django.field(description="The points.")


@strawberry_django.type(models.LabelAssessment, description="One officer's part in an application.")
class LabelAssessment(Visible, relay.Node):
    assessor: Person | None = strawberry_django.field(description="Who; null for who may not see officers.")
    opened_at: datetime | None = strawberry_django.field(description="When they last opened the evidence.")
    conflict_declared_at: datetime | None = strawberry_django.field(
        description="When they declared a conflict of interest: they are out then."
    )
    assessed_at: datetime | None = strawberry_django.field(description="When they gave points.")
    feedback: str = strawberry_django.field(description="What they wrote for the applicant.")
    marks: list[LabelMark] = strawberry_django.field(description="The points.")


@strawberry_django.type(models.LabelApplication, description="An application for the national quality label.")
class LabelApplication(Visible, relay.Node):
    project: Project | None = strawberry_django.field(description="The project.")
    project_title: str = strawberry_django.field(description="Its title on the day of the application.")
    applicant: Person | None = strawberry_django.field(description="Whose contribution it is about.")
    school: School | None = strawberry_django.field(description="The applicant's school in the project.")
    country: Country = country_field(description="The country whose agency decides.")
    grid: LabelGrid = strawberry_django.field(description="What it is assessed by.")
    assessors: int = strawberry_django.field(description="How many assessors it needs.")
    school_year: int = strawberry_django.field(description=SCHOOL_YEAR)
    state: models.LabelState = strawberry_django.field(description="How far it has come.")
    state_since: datetime = strawberry_django.field(description="Since when.")
    feedback: str = strawberry_django.field(description="What the agency wrote with its decision.")
    created_at: datetime = strawberry_django.field(description="When it was sent.")
    answers: list[LabelAnswer] = strawberry_django.field(description="An answer to each criterion.")
    evidence: list[LabelEvidence] = strawberry_django.field(description="What the applicant shows.")
    assessments: list[LabelAssessment] = strawberry_django.field(
        description="The assessors' work; the applicant reads it once it is decided."
    )

    @strawberry_django.field(description="The average points, once it is decided.", only=["points"])
    def points(self) -> float | None:
        return None if self.points is None else float(self.points)

    @strawberry_django.field(
        description="Whether the viewer may take it back now.", only=["applicant", "state"], metadata=PER_VIEWER
    )
    def viewer_can_withdraw(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_withdraw_label_application(viewer, self)
        return may and permissions.awaits_decision(self)

    @strawberry_django.field(
        description="Whether the viewer may open the evidence and assess now.", metadata=PER_VIEWER, **WITH_ASSESSMENTS
    )
    def viewer_can_assess(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_assess_label(viewer, self)
        return may and permissions.awaits_decision(self) and not permissions.has_conflict(viewer, self)

    @strawberry_django.field(description="Whether the viewer may decide now.", metadata=PER_VIEWER, **WITH_ASSESSMENTS)
    def viewer_can_decide(self, info: Info) -> bool:
        viewer = viewer_of(info)
        may = viewer is not None and permissions.can_decide_label(viewer, self)
        return may and permissions.awaits_decision(self) and not permissions.has_conflict(viewer, self)


@strawberry.type(description="A piece of evidence as it is now, without anything around it.")
class LabelExhibit:
    shown: strawberry.Private[Exhibit]

    @strawberry.field(description="What kind of thing it is.")
    def kind(self) -> models.EvidenceKind:
        return self.shown.kind

    @strawberry.field(description="Its title or name.")
    def title(self) -> str:
        return self.shown.title

    @strawberry.field(description="What it says; for a thread, its posts without names.")
    def text(self) -> str:
        return self.shown.text

    @strawberry.field(description="Where the file can be read until the decision, or where a link leads.")
    def url(self, info: Info) -> str | None:
        key = self.shown.file_id
        return address_for(info, file_address(key, viewer_of(info))) if key else self.shown.link or None

    @strawberry.field(description="Whether it was removed since: nothing is shown then.")
    def is_removed(self) -> bool:
        return self.shown.is_removed


@strawberry.type(description="The evidence of an application; the opening was logged.")
class OpenedLabelEvidence:
    application: LabelApplication = strawberry.field(description="The application.")
    exhibits: list[LabelExhibit] = strawberry.field(description="What the applicant shows, in the order given.")


@strawberry_django.type(models.NationalLabel, description="A teacher's national quality label for a project.")
class NationalLabel(Visible, relay.Node):
    person: Person | None = strawberry_django.field(description="Who has it.")
    school: School | None = strawberry_django.field(description="Their school in the project.")
    country: Country = country_field(description="The country that awarded it.")
    school_year: int = strawberry_django.field(description=SCHOOL_YEAR)
    created_at: datetime = strawberry_django.field(description="When it was awarded.")


@strawberry_django.type(models.EuropeanLabel, description="The European quality label of a project.")
class EuropeanLabel(Visible, relay.Node):
    project: Project | None = strawberry_django.field(description="The project.")
    school_year: int = strawberry_django.field(description=SCHOOL_YEAR)
    reason: str = strawberry_django.field(description="Why it was awarded.")
    created_at: datetime = strawberry_django.field(description="When it was awarded.")


@strawberry_django.type(models.LabelNomination, description="A country proposes a project for the European label.")
class LabelNomination(Visible, relay.Node):
    project: Project | None = strawberry_django.field(description="The project.")
    country: Country = country_field(description="The country that proposes it.")
    school_year: int = strawberry_django.field(description="The school year in which that country first awarded it.")
    nominated_by: Person | None = strawberry_django.field(description="The officer; null for who may not see officers.")
    created_at: datetime = strawberry_django.field(description="When it was nominated.")
