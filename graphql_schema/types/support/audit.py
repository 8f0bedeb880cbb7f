"""The audit trail."""

from datetime import datetime

import strawberry
import strawberry_django
from strawberry import relay
from strawberry.relay.utils import to_base64
from strawberry.scalars import JSON

from backend.eventlog import models
from backend.eventlog.wording import subjects_of, word
from graphql_schema.types.accounts import Person
from graphql_schema.types.visible import Visible


@strawberry_django.type(models.Event, description="Something that happened, as the agencies it concerns may read it.")
class Event(Visible, relay.Node):
    at: datetime = strawberry_django.field(description="When.")
    kind: str = strawberry_django.field(description="What kind of event, such as `project.approved`.")
    actor: Person | None = strawberry_django.field(description="Who did it; null for the system.")
    data: JSON = strawberry_django.field(description="Further ids and codes.")

    @strawberry_django.field(description="The event as a sentence.", select_related=["actor"])
    def sentence(self) -> str:
        if hasattr(self, "subject"):  # a whole page was loaded
            return word(self, self.subject)
        return word(self, subjects_of([self]).get(self.subject_id))

    @strawberry_django.field(description="The id of the thing it is about.", only=["subject_type", "subject_id"])
    def subject_id(self) -> strawberry.ID:
        return strawberry.ID(to_base64(self.subject_type.rpartition(".")[2], str(self.subject_id)))
