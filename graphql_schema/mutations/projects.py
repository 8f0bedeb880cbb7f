"""Projects from the first draft to more partners."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.accounts import models as accounts
from backend.projects import models
from backend.projects.actions import approval, drafting, partners
from backend.vocabulary.codes import Competence, Language, Subject
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_country, a_text, an_id, mutation, or_conflict, typed
from graphql_schema.types.projects import Project, ProjectMember, TextConflict
from graphql_schema.viewer import Info, actor_of

NULLABLE = ("ages_from", "ages_to", "pupil_count", "starts_on", "ends_on")


@strawberry.input(description="The text of a project; what is left out stays as it is.")
class ProjectText:
    title: str | None = strawberry.field(default=UNSET, description="The title.")
    summary: str | None = strawberry.field(default=UNSET, description="What it is about.")
    aims: str | None = strawberry.field(default=UNSET, description="What it is for.")
    process: str | None = strawberry.field(default=UNSET, description="How the work goes.")
    results: str | None = strawberry.field(default=UNSET, description="What should come out.")
    tools: str | None = strawberry.field(default=UNSET, description="What is used.")
    languages: list[Language] | None = strawberry.field(default=UNSET, description="Working languages.")
    subjects: list[Subject] | None = strawberry.field(default=UNSET, description="Subjects.")
    competences: list[Competence] | None = strawberry.field(default=UNSET, description="Key competences.")
    ages_from: int | None = strawberry.field(default=UNSET, description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry.field(default=UNSET, description="The oldest pupils' age, in years.")
    pupil_count: int | None = strawberry.field(default=UNSET, description="How many pupils take part.")
    starts_on: date | None = strawberry.field(default=UNSET, description="The first day.")
    ends_on: date | None = strawberry.field(default=UNSET, description="The last day.")
    erasmus_link: str | None = strawberry.field(default=UNSET, description="The address of an Erasmus+ project.")


Text = Annotated[ProjectText, argument(description="The text.")]
ProjectId = an_id("The project.")
Side = a_country("The founder country that decides.")


@strawberry.type
class ProjectsMutation:
    @mutation("Start a draft that both founders see and edit.")
    def draft_project(
        self, info: Info, partner_id: an_id("The other founder, a contact from another school."), text: Text
    ) -> Project:
        actor = actor_of(info)
        partner = find(info, accounts.Person, partner_id, field="partner_id")
        given = {"title": "", **typed(vars(text), nullable=NULLABLE)}
        return drafting.draft_project(actor=actor, partner=partner, **given)

    @mutation("Change parts of the text. Who edits an old version gets both texts back.")
    def edit_project(
        self,
        info: Info,
        project_id: ProjectId,
        expected_version: Version,
        text: Text,
    ) -> Project | TextConflict:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        given = typed(vars(text), nullable=NULLABLE)
        return or_conflict(
            lambda: drafting.edit_project(project, actor=actor, expected_version=expected_version, **given)
        )

    @mutation("Send the draft to the other founder, or a changed one to the agencies again.")
    def submit_project(self, info: Info, project_id: ProjectId) -> Project:
        actor = actor_of(info)
        return drafting.submit_project(find(info, models.Project, project_id, field="project_id"), actor=actor)

    @mutation("Agree to the other founder's project; the agencies are asked.")
    def accept_project(self, info: Info, project_id: ProjectId) -> Project:
        actor = actor_of(info)
        return drafting.accept_project(find(info, models.Project, project_id, field="project_id"), actor=actor)

    @mutation("Do not agree to the other founder's project.")
    def decline_project(self, info: Info, project_id: ProjectId, comment: a_text("Why.") = "") -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return drafting.decline_project(project, actor=actor, comment=comment)

    @mutation("Take a project back, as long as it is not open.")
    def withdraw_project(self, info: Info, project_id: ProjectId) -> Project:
        actor = actor_of(info)
        return drafting.withdraw_project(find(info, models.Project, project_id, field="project_id"), actor=actor)

    @mutation("One founder country's agency approves; when all have, the project and its workspace open.")
    def approve_project(
        self, info: Info, project_id: ProjectId, side: Side, comment: a_text("A comment, or why central acts.") = ""
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return approval.approve_project(project, actor=actor, side=side, comment=comment)

    @mutation("Send a project back to its founders, with what should be different.")
    def request_project_changes(
        self, info: Info, project_id: ProjectId, side: Side, comment: a_text("What should be different.")
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return approval.request_project_changes(project, actor=actor, side=side, comment=comment)

    @mutation("Refuse a project, with a reason both founders read.")
    def refuse_project(
        self, info: Info, project_id: ProjectId, side: Side, comment: a_text("Why; the founders read it.")
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return approval.refuse_project(project, actor=actor, side=side, comment=comment)

    @mutation("Invite a contact into an open project.")
    def invite_partner(
        self,
        info: Info,
        project_id: ProjectId,
        person_id: an_id("A contact."),
        is_administrator: Annotated[bool, argument(description="Whether they will administer it too.")] = False,
    ) -> ProjectMember:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        person = find(info, accounts.Person, person_id, field="person_id")
        return partners.invite_partner(project, actor=actor, person=person, is_administrator=is_administrator)

    @mutation("Join a project and its workspace, or decline the invitation.")
    def answer_invitation(
        self,
        info: Info,
        invitation_id: an_id("The invitation: the id of one's place in the project."),
        accepts: Annotated[bool, argument(description="Join or decline.")],
    ) -> ProjectMember:
        actor = actor_of(info)
        member = find(info, models.ProjectMember, invitation_id, field="invitation_id")
        return partners.answer_invitation(member, actor=actor, accepts=accepts)

    @mutation("Leave a project and its workspace, as a partner.")
    def leave_project(self, info: Info, project_id: ProjectId) -> Project:
        actor = actor_of(info)
        return partners.leave_project(find(info, models.Project, project_id, field="project_id"), actor=actor)
