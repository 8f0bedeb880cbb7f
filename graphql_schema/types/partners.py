"""Contacts, blocks, announcements and conversations."""

from datetime import datetime
from typing import Any

import strawberry_django
from django.db.models import OuterRef, Subquery
from strawberry import relay

from backend.partners import models, permissions
from backend.partners.permissions import awaits_answer, can_answer_contact
from backend.projects.permissions import writable
from graphql_schema import choices  # noqa: F401
from graphql_schema.lookup import annotated
from graphql_schema.types.accounts import PER_VIEWER, Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project
from graphql_schema.types.schools import Country
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Language, Subject
from graphql_schema.viewer import Info, viewer_key, viewer_of


def _read_at(info: Any) -> Any:
    mine = models.Reading.objects.filter(conversation=OuterRef("pk"), person=viewer_key(info))
    return Subquery(mine.values("read_at"))


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

    @strawberry_django.field(
        description="Whether the viewer may take it back.", only=["sender", "state"], metadata=PER_VIEWER
    )
    def viewer_can_withdraw(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_withdraw_contact(viewer, self) and awaits_answer(self)


@strawberry_django.type(models.Block, description="Somebody whom the viewer does not want to hear from.")
class Block(Visible, relay.Node):
    person: Person | None = strawberry_django.field(field_name="blocked", description="Who; they are not told.")
    created_at: datetime = strawberry_django.field(description="Since when.")


@strawberry_django.type(models.Announcement, description="Somebody looks for partners.")
class Announcement(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description="Who looks for partners.")
    title: str = strawberry_django.field(description="In a few words.")
    text: str = strawberry_django.field(description="What they would like to do.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    subjects: list[Subject] = strawberry_django.field(description="Subjects it touches.")
    languages: list[Language] = strawberry_django.field(description="Languages to work in.")
    countries: list[Country] = strawberry_django.field(description="Countries wanted; none means any.")
    version: int = strawberry_django.field(description="The version of the text; hand it back when editing.")
    created_at: datetime = strawberry_django.field(description="When it was posted.")
    until: datetime = strawberry_django.field(description="When it closes by itself.")
    closed_at: datetime | None = strawberry_django.field(description="When the author closed it.")

    @strawberry_django.field(description="Whether it can still be answered.", only=["until", "closed_at", "removed_at"])
    def is_open(self) -> bool:
        return self.is_open

    @strawberry_django.field(
        description="Whether the viewer may edit or close it.",
        only=["author", "until", "closed_at", "removed_at"], metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_edit(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and permissions.can_edit_announcement(viewer, self) and self.is_open


@strawberry_django.type(models.Message, description="Something written in a conversation.")
class Message(Visible, relay.Node):
    author: Person | None = strawberry_django.field(description="Who wrote it.")
    announcement: Announcement | None = strawberry_django.field(description="The announcement it answers.")
    created_at: datetime = strawberry_django.field(description="When it was written.")

    @strawberry_django.field(
        description="What it says; null once an agency removed it.", only=["text", "removed_at", "hidden_at"]
    )
    def text(self) -> str | None:
        return None if self.is_removed else self.text


@strawberry_django.type(models.Conversation, description="Between two people, or among the members of a project.")
class Conversation(Visible, relay.Node):
    project: Project | None = strawberry_django.field(description="The project; null between two people.")
    people: list[Person] = strawberry_django.field(
        description="The two people; in a project, whoever has written or read in it."
    )
    last_at: datetime = strawberry_django.field(description="When the last message was written.")

    @strawberry_django.field(
        description="Whether there is something the viewer has not read.",
        only=["last_at"], annotate={"read_by_viewer": _read_at}, metadata=PER_VIEWER,
    )  # fmt: skip
    def is_unread(self, info: Info) -> bool:
        read_at = annotated(self, "read_by_viewer", _read_at(info))
        return read_at is None or read_at < self.last_at

    @strawberry_django.field(
        description="Whether the viewer may write in it now.",
        annotate={"is_writable": writable()}, metadata=PER_VIEWER,
    )  # fmt: skip
    def viewer_can_write(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and viewer.is_validated_staff and annotated(self, "is_writable", writable())

    @strawberry_django.connection(Connection[Message], description="What was written, newest first.")
    def messages(self, info: Info) -> list[Message]:
        found = models.Message.objects.for_viewer(viewer_of(info)).filter(conversation=self.pk)
        return found.order_by("-id")
