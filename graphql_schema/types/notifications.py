"""The inbox."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.eventlog.wording import subjects_of, word
from backend.notifications import models
from graphql_schema.types.visible import Visible


@strawberry_django.type(models.Notification, description="Something that the viewer should look at.")
class Notification(Visible, relay.Node):
    created_at: datetime = strawberry_django.field(description="When it happened.")
    read_at: datetime | None = strawberry_django.field(description="When the viewer saw it.")

    @strawberry_django.field(description="What kind of event it is.", select_related=["event"])
    def kind(self) -> str:
        return self.event.kind

    @strawberry_django.field(description="The event as a sentence.", select_related=["event__actor"])
    def sentence(self) -> str:
        if hasattr(self, "subject"):  # a whole page was loaded
            return word(self.event, self.subject)
        return word(self.event, subjects_of([self.event]).get(self.event.subject_id))
