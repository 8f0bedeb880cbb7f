"""Contacts."""

from datetime import datetime

import strawberry_django
from strawberry import relay

from backend.partners import models
from backend.partners.permissions import awaits_answer, can_answer_contact
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.visible import Visible
from graphql_schema.viewer import Info, viewer_of


@strawberry_django.type(models.ContactRequest, description="Somebody asked somebody to become partners.")
class ContactRequest(Visible, relay.Node):
    sender: Person | None = strawberry_django.field(description="Who asked.")
    recipient: Person | None = strawberry_django.field(description="Who was asked.")
    note: str = strawberry_django.field(description="What the sender wrote.")
    state: models.ContactState = strawberry_django.field(description="What came of it.")
    created_at: datetime = strawberry_django.field(description="When it was sent.")
    answered_at: datetime | None = strawberry_django.field(description="When it was answered.")

    @strawberry_django.field(
        description="Whether the viewer may accept or decline.", only=["recipient", "state"], metadata=PER_VIEWER
    )
    def viewer_can_answer(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_answer_contact(viewer, self) and awaits_answer(self)
