"""Asking the agency for help, and answering."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.moderation import models
from backend.moderation.actions import help as helping
from backend.projects.models import Project
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.types.moderation import HelpRequest
from graphql_schema.viewer import Info, actor_of

RequestId = an_id("The request for help.")


@strawberry.type
class HelpMutation:
    @mutation("Ask the agency of the own country for help.")
    def ask_for_help(
        self,
        info: Info,
        topic: Annotated[models.HelpTopic, argument(description="What it is about.")],
        text: a_text("The question."),
        project_id: Annotated[strawberry.ID | None, argument(description="The project it is about.")] = None,
    ) -> HelpRequest:
        actor = actor_of(info)
        project = find(info, Project, project_id, field="project_id") if project_id else None
        return helping.ask_for_help(actor=actor, topic=topic, text=text, project=project)

    @mutation("Answer a request for help, for the agency.")
    def answer_help(self, info: Info, request_id: RequestId, text: a_text("The answer.")) -> HelpRequest:
        actor = actor_of(info)
        request = find(info, models.HelpRequest, request_id, field="request_id")
        return helping.answer_help(request, actor=actor, text=text)

    @mutation("Write again about the own request for help; it is open again.")
    def reply_help(self, info: Info, request_id: RequestId, text: a_text("What to add.")) -> HelpRequest:
        actor = actor_of(info)
        request = find(info, models.HelpRequest, request_id, field="request_id")
        return helping.reply_help(request, actor=actor, text=text)

    @mutation("Say that a request for help is done.")
    def close_help(self, info: Info, request_id: RequestId) -> HelpRequest:
        actor = actor_of(info)
        return helping.close_help(find(info, models.HelpRequest, request_id, field="request_id"), actor=actor)
