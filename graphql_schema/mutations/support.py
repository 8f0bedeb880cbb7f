"""Publishing a country's figures."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry import argument

from backend.monitoring import actions, models
from backend.monitoring.statistics import Period
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_country, a_text, an_id, mutation
from graphql_schema.types.support.statistics import Publication
from graphql_schema.viewer import Info, actor_of

REASON = a_text("Why, when the central service acts for an absent agency.")


@strawberry.type
class SupportMutation:
    @mutation("Publish a country's figures of a period that is over; fewer than five are hidden for good.")
    def publish_statistics(
        self,
        info: Info,
        country: a_country("The country."),
        since: Annotated[date, argument(description="The first day.")],
        until: Annotated[date, argument(description="The last day.")],
        reason: REASON = "",
    ) -> Publication:
        actor = actor_of(info)
        return actions.publish_statistics(country, actor=actor, period=Period(since, until), reason=reason)

    @mutation("Take published figures back.")
    def withdraw_statistics(
        self, info: Info, publication_id: an_id("The publication."), reason: REASON = ""
    ) -> Publication:
        actor = actor_of(info)
        publication = find(info, models.Publication, publication_id, field="publication_id")
        return actions.withdraw_statistics(publication, actor=actor, reason=reason)
