"""Ready texts of an agency."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.agencies import models
from backend.agencies.actions.texts import remove_text, write_text
from graphql_schema.lookup import find
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.rule import a_language, a_text, an_id, mutation, or_conflict
from graphql_schema.types.agencies import ReadyText
from graphql_schema.types.projects import TextConflict
from graphql_schema.viewer import Info, actor_of


@strawberry.type
class ReadyTextsMutation:
    @mutation(
        "Keep a text ready for the agency's decisions or messages, or change one. Who edits an old version gets both back."
    )
    def write_ready_text(
        self,
        info: Info,
        agency_id: an_id("The own agency."),
        use: Annotated[models.TextUse, argument(description="What it is for.")],
        language: a_language("The language."),
        title: a_text("The title; of a message its subject."),
        text: a_text("The text."),
        ready_text_id: Annotated[strawberry.ID | None, argument(description="The one to change.")] = None,
        expected_version: Annotated[int, argument(description="The version that was edited; 0 for a new one.")] = 0,
    ) -> ReadyText | TextConflict:
        actor = actor_of(info)
        agency = find(info, models.Agency, agency_id, field="agency_id")
        ready = find(info, models.ReadyText, ready_text_id, field="ready_text_id") if ready_text_id else None
        given = {"use": use, "language": language, "title": title, "text": text}
        return or_conflict(
            lambda: write_text(agency, actor=actor, ready=ready, expected_version=expected_version, **given)
        )

    @mutation("Remove a ready text; what was decided with it keeps its words.")
    def remove_ready_text(self, info: Info, ready_text_id: an_id("The ready text.")) -> Done:
        actor = actor_of(info)
        remove_text(find(info, models.ReadyText, ready_text_id, field="ready_text_id"), actor=actor)
        return Done(done=True)
