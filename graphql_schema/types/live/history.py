"""What happened to a person or a school, for officers."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.eventlog import models
from backend.eventlog.wording import subjects_of, word
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info


@strawberry_django.type(models.Event, description="Something that happened, as officers of its countries read it.")
class Event(Visible, relay.Node):
    at: datetime = strawberry_django.field(description="When it happened.")
    kind: str = strawberry_django.field(description="What kind of event it is, such as `school.merged`.")

    @strawberry_django.field(
        description="Who did it; empty for the system and for somebody who is gone.", select_related=["actor"]
    )
    def actor_name(self) -> str:
        return str(self.actor or "")

    @strawberry_django.field(
        description="The event as a sentence.",
        select_related=["actor"], only=["kind", "subject_type", "subject_id", "actor"],
    )  # fmt: skip
    def sentence(self, info: Info) -> str:
        key = ("subject", self.subject_id)  # a history is about one thing, or a few records of one school
        subjects = info.context.once(key, lambda: subjects_of([self]))
        return word(self, subjects.get(self.subject_id))
