"""Announcements and messages."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import UNSET, argument

from backend.accounts.models import Person as PersonRow
from backend.partners import actions, models
from backend.projects.actions.conversation import send_project_message
from backend.projects.models import Project as ProjectRow
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_text, an_id, mutation, or_conflict, typed
from graphql_schema.types.partners import Announcement, Conversation, Message
from graphql_schema.types.projects import TextConflict
from graphql_schema.viewer import Info, actor_of


@strawberry.input(one_of=True, description="Whom to write to: exactly one of these.")
class MessageTarget:
    person_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="A contact, or whoever has written before."
    )
    announcement_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Whoever posted this announcement, about it."
    )
    project_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The members of a project the viewer is in."
    )


@strawberry.input(description="An announcement; what is left out stays as it is.")
class AnnouncementText:
    title: str | None = strawberry.field(default=UNSET, description="In a few words: one open one a title.")
    text: str | None = strawberry.field(default=UNSET, description="What you would like to do.")
    until: datetime | None = strawberry.field(default=UNSET, description="When it closes: in 90 days at most.")
    ages_from: int | None = strawberry.field(default=UNSET, description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry.field(default=UNSET, description="The oldest pupils' age, in years.")
    subjects: list[Subject] | None = strawberry.field(default=UNSET, description="Subjects.")
    languages: list[Language] | None = strawberry.field(default=UNSET, description="Working languages.")
    countries: list[CountryCode] | None = strawberry.field(default=UNSET, description="Countries wanted.")


Text = Annotated[AnnouncementText, argument(description="The announcement.")]
AnnouncementId = an_id("The announcement.")


def _given(text: AnnouncementText) -> dict[str, Any]:
    return typed(vars(text))


@strawberry.type
class MessagesMutation:
    @mutation("Look for partners in public, for 90 days at most.")
    def post_announcement(self, info: Info, text: Text) -> Announcement:
        values = {"title": "", "text": "", **_given(text)}
        return actions.post_announcement(actor=actor_of(info), **values)

    @mutation("Change parts of an open announcement. Who edits an old version gets both texts back.")
    def edit_announcement(
        self, info: Info, announcement_id: AnnouncementId, expected_version: Version, text: Text
    ) -> Announcement | TextConflict:
        actor = actor_of(info)
        announcement = find(info, models.Announcement, announcement_id, field="announcement_id")
        return or_conflict(
            lambda: actions.edit_announcement(
                announcement, actor=actor, expected_version=expected_version, **_given(text)
            )
        )

    @mutation("Close an announcement: found, or given up.")
    def close_announcement(self, info: Info, announcement_id: AnnouncementId) -> Announcement:
        actor = actor_of(info)
        announcement = find(info, models.Announcement, announcement_id, field="announcement_id")
        return actions.close_announcement(announcement, actor=actor)

    @mutation("Write to a person, about an announcement, or to the members of a project.")
    def send_message(
        self,
        info: Info,
        to: Annotated[MessageTarget, argument(description="Whom to write to.")],
        text: a_text("What to say."),
    ) -> Message:
        actor = actor_of(info)
        if to.project_id:
            project = find(info, ProjectRow, to.project_id, field="to")
            return send_project_message(project, actor=actor, text=text)
        if to.announcement_id:
            about = find(info, models.Announcement, to.announcement_id, field="to")
            return actions.send_message(about.author, actor=actor, text=text, announcement=about)
        return actions.send_message(find(info, PersonRow, to.person_id or "", field="to"), actor=actor, text=text)

    @mutation("The viewer has read a conversation to its end.")
    def mark_conversation_read(self, info: Info, conversation_id: an_id("The conversation.")) -> Conversation:
        actor = actor_of(info)
        conversation = find(info, models.Conversation, conversation_id, field="conversation_id")
        return actions.mark_conversation_read(conversation, actor=actor)
