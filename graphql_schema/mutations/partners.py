"""Contacts, blocks, and the inbox."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.accounts import models as accounts
from backend.notifications import actions as notifications
from backend.notifications.models import Frequency
from backend.partners import actions, models
from graphql_schema.lookup import find, key_of
from graphql_schema.mutations.rule import a_text, an_id, mutation, plain
from graphql_schema.types.accounts import Person
from graphql_schema.types.partners import Block, ContactRequest
from graphql_schema.viewer import Info, actor_of

RequestId = an_id("The contact request.")


@plain
@strawberry.type(description="Entries of the inbox were marked as read.")
class MarkedRead:
    count: int = strawberry.field(description="How many were unread before.")


@strawberry.type
class PartnersMutation:
    @mutation("Ask somebody to become a contact.")
    def request_contact(
        self, info: Info, person_id: an_id("Whom to ask."), note: a_text("A few words.") = ""
    ) -> ContactRequest:
        actor = actor_of(info)
        person = find(info, accounts.Person, person_id, field="person_id")
        return actions.request_contact(person, actor=actor, note=note)

    @mutation("Accept or decline a contact request.")
    def answer_contact(
        self,
        info: Info,
        request_id: RequestId,
        accepts: Annotated[bool, argument(description="Accept or decline.")],
    ) -> ContactRequest:
        actor = actor_of(info)
        request = find(info, models.ContactRequest, request_id, field="request_id")
        return actions.answer_contact(request, actor=actor, accepts=accepts)

    @mutation("Take back a contact request that waits.")
    def withdraw_contact(self, info: Info, request_id: RequestId) -> ContactRequest:
        actor = actor_of(info)
        return actions.withdraw_contact(find(info, models.ContactRequest, request_id, field="request_id"), actor=actor)

    @mutation("End a contact; what the two work on together goes on.")
    def end_contact(self, info: Info, request_id: an_id("The accepted contact request.")) -> ContactRequest:
        actor = actor_of(info)
        return actions.end_contact(find(info, models.ContactRequest, request_id, field="request_id"), actor=actor)

    @mutation("Hear no more from somebody: no contact, message or announcement passes. They are not told.")
    def block_person(self, info: Info, person_id: an_id("Whom to keep away.")) -> Block:
        actor = actor_of(info)
        return actions.block_person(find(info, accounts.Person, person_id, field="person_id"), actor=actor)

    @mutation("No longer keep somebody away.")
    def unblock_person(self, info: Info, block_id: an_id("The block, from `blocks`.")) -> Person:
        actor = actor_of(info)
        return actions.unblock_person(find(info, models.Block, block_id, field="block_id"), actor=actor)

    @mutation("Say how often a letter tells what is new in the own inbox.")
    def set_digest(self, info: Info, frequency: Annotated[Frequency, argument(description="How often.")]) -> Person:
        actor = actor_of(info)
        notifications.set_digest(actor=actor, frequency=frequency)
        return actor

    @mutation("Mark entries of the own inbox as read.")
    def mark_notifications_read(
        self,
        info: Info,
        notification_ids: Annotated[list[strawberry.ID], argument(description="The entries.")],
    ) -> MarkedRead:
        keys = [key for each in notification_ids if (key := key_of(each, "Notification"))]
        return MarkedRead(count=notifications.mark_notifications_read(keys, actor=actor_of(info)))
