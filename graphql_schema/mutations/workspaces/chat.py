"""Chat rooms."""

from typing import Annotated

import strawberry
from strawberry import argument

from backend.workspaces import models
from backend.workspaces.actions import chat
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId
from graphql_schema.types.workspaces.chat import ChatMessage, ChatRoom
from graphql_schema.viewer import Info, actor_of

RoomId = an_id("The chat room.")


@strawberry.type
class ChatMutation:
    @mutation("Open a chat room.")
    def open_chat_room(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        title: a_text("The title."),
        audience: Annotated[models.Audience, AUDIENCE] = models.Audience.MEMBERS,
    ) -> ChatRoom:
        actor = actor_of(info)
        room = find(info, models.Workspace, workspace_id, field="workspace_id")
        return chat.open_chat_room(room, actor=actor, title=title, audience=audience)

    @mutation("Be on duty in a chat room: pupils may write as long as somebody is.")
    def start_chat_duty(
        self, info: Info, room_id: RoomId, minutes: Annotated[int, argument(description="For so long, up to 240.")]
    ) -> ChatRoom:
        actor = actor_of(info)
        return chat.start_chat_duty(find(info, models.ChatRoom, room_id, field="room_id"), actor=actor, minutes=minutes)

    @mutation("End the duty in a chat room.")
    def end_chat_duty(self, info: Info, room_id: RoomId) -> ChatRoom:
        actor = actor_of(info)
        return chat.end_chat_duty(find(info, models.ChatRoom, room_id, field="room_id"), actor=actor)

    @mutation("Say something in a chat room.")
    def send_chat_message(self, info: Info, room_id: RoomId, text: a_text("What to say.")) -> ChatMessage:
        actor = actor_of(info)
        return chat.send_chat_message(find(info, models.ChatRoom, room_id, field="room_id"), actor=actor, text=text)

    @mutation("Take a chat message away; a tombstone stays.")
    def remove_chat_message(self, info: Info, message_id: an_id("The message.")) -> ChatMessage:
        actor = actor_of(info)
        message = find(info, models.ChatMessage, message_id, field="message_id")
        return chat.remove_chat_message(message, actor=actor)
