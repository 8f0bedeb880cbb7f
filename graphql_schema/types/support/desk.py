"""Who looks after a case."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.desk import models
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.visible import Visible


@strawberry_django.type(models.Assignment, description="An officer looks after a case of a queue.")
class Assignment(Visible, relay.Node):
    queue: models.Queue = strawberry_django.field(description="The queue the case waits in.")
    updated_at: datetime = strawberry_django.field(description="Since when this officer looks after it.")

    @strawberry_django.field(description="Who looks after it.", select_related=["officer"], only=["officer"])
    def officer_name(self) -> str:
        return self.officer.get_full_name()
