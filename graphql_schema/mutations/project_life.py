"""Projects from closing to the next one: comments, hand-over, closing, reopening, archiving, copying."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.accounts import models as accounts
from backend.projects import models
from backend.projects.actions import commenting, ending, handing
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.types.project_life import HandOver, ProjectComment
from graphql_schema.types.projects import Project
from graphql_schema.viewer import Info, actor_of

ProjectId = an_id("The project.")
HandOverId = an_id("The hand-over.")


@strawberry.type
class ProjectLifeMutation:
    @mutation("Remark on the text, for the other founder.")
    def comment_project(
        self,
        info: Info,
        project_id: ProjectId,
        text: a_text("What to say."),
        about: a_text("The field of the text, such as `aims`; empty for all of it.") = "",
    ) -> ProjectComment:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return commenting.comment_project(project, actor=actor, text=text, about=about)

    @mutation("Say that a remark has been dealt with.")
    def resolve_comment(self, info: Info, comment_id: an_id("The remark.")) -> ProjectComment:
        actor = actor_of(info)
        comment = find(info, models.ProjectComment, comment_id, field="comment_id")
        return commenting.resolve_comment(comment, actor=actor)

    @mutation(
        "Close a project: its workspace can be read from now on, not changed. Its founders do; an officer where both "
        "are gone."
    )
    def close_project(
        self, info: Info, project_id: ProjectId, reason: a_text("Why; needed from an officer.") = ""
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return ending.close_project(project, actor=actor, reason=reason)

    @mutation("Open a closed project again: its founders within a year, an officer later.")
    def reopen_project(
        self, info: Info, project_id: ProjectId, reason: a_text("Why; needed from the central service.") = ""
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        return ending.reopen_project(project, actor=actor, reason=reason)

    @mutation("Put a closed project away: its teachers can still read it, pupils and guests leave.")
    def archive_project(self, info: Info, project_id: ProjectId) -> Project:
        actor = actor_of(info)
        return ending.archive_project(find(info, models.Project, project_id, field="project_id"), actor=actor)

    @mutation(
        "Ask to hand a founder's place over to a partner of the same school or country: the own one, or that of a founder "
        "whose account was closed, erased or banned."
    )
    def hand_over_project(
        self,
        info: Info,
        project_id: ProjectId,
        taker_id: an_id("The partner: the id of their place in the project."),
        giver_id: Annotated[
            strawberry.ID | None, argument(description="The founder's place in the project; null for the own one.")
        ] = None,
        reason: a_text("Why; needed from the central service.") = "",
    ) -> HandOver:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        taker = find(info, models.ProjectMember, taker_id, field="taker_id")
        giver = find(info, models.ProjectMember, giver_id, field="giver_id") if giver_id else None
        return handing.hand_over_project(project, actor=actor, taker=taker, giver=giver, reason=reason)

    @mutation("The agency confirms a hand-over.")
    def confirm_hand_over(
        self, info: Info, hand_over_id: HandOverId, comment: a_text("A comment, or why central acts.") = ""
    ) -> HandOver:
        actor = actor_of(info)
        found = find(info, models.HandOver, hand_over_id, field="hand_over_id")
        return handing.confirm_hand_over(found, actor=actor, comment=comment)

    @mutation("The agency does not confirm a hand-over.")
    def refuse_hand_over(self, info: Info, hand_over_id: HandOverId, comment: a_text("Why.")) -> HandOver:
        actor = actor_of(info)
        found = find(info, models.HandOver, hand_over_id, field="hand_over_id")
        return handing.refuse_hand_over(found, actor=actor, comment=comment)

    @mutation("Start a new draft from an old project; its workspace will have the structure of the old one.")
    def copy_project(
        self,
        info: Info,
        project_id: ProjectId,
        partner_id: an_id("The other founder, a contact from another school."),
        title: a_text("The new title."),
    ) -> Project:
        actor = actor_of(info)
        project = find(info, models.Project, project_id, field="project_id")
        partner = find(info, accounts.Person, partner_id, field="partner_id")
        return handing.copy_project(project, actor=actor, partner=partner, title=title)
