"""What happened, for officers: to a person, to a school, in a country."""

from datetime import datetime
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import relay
from strawberry.relay.utils import to_base64
from strawberry.scalars import JSON

from backend.eventlog import models
from backend.eventlog.wording import subjects_of, word
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info

Person = Annotated["Person", strawberry.lazy("graphql_schema.types.accounts")]


ACTOR = ["actor", "actor__given_name", "actor__family_name"]


@strawberry_django.type(models.Event, description="Something that happened, as officers of its countries read it.")
class Event(Visible, relay.Node):
    at: datetime = strawberry_django.field(description="When it happened.")
    kind: str = strawberry_django.field(description="What kind of event it is, such as `school.merged`.")

    @strawberry_django.field(
        description="Who did it; empty for the system and for somebody who is gone.", select_related=["actor"],
        only=ACTOR,
    )  # fmt: skip
    def actor_name(self) -> str:
        return str(self.actor or "")

    actor: Person | None = strawberry_django.field(description="Who did it, where the viewer may see them.")
    data: JSON = strawberry_django.field(description="Further ids and codes.")

    @strawberry_django.field(description="The id of the thing it is about.", only=["subject_type", "subject_id"])
    def subject_id(self) -> strawberry.ID:
        return strawberry.ID(to_base64(self.subject_type.rpartition(".")[2], str(self.subject_id)))

    @strawberry_django.field(
        description="The event as a sentence.",
        select_related=["actor"], only=["kind", "subject_type", "subject_id", *ACTOR],
    )  # fmt: skip
    def sentence(self, info: Info) -> str:
        if hasattr(self, "subject"):  # a whole page was loaded
            return word(self, self.subject)
        key = ("subject", self.subject_id)  # a history is about one thing, or a few records of one school
        subjects = info.context.once(key, lambda: subjects_of([self]))
        return word(self, subjects.get(self.subject_id))
