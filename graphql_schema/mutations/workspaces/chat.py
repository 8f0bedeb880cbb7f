"""Chat rooms."""

from datetime import datetime, time
from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.workspaces import models
from backend.workspaces.actions import chat
from backend.workspaces.output.chat_log import export_chat_log
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_text, an_id, mutation, plain, typed
from graphql_schema.mutations.workspaces.arguments import AUDIENCE, WorkspaceId
from graphql_schema.types.workspaces.chat import ChatMessage, ChatRoom
from graphql_schema.viewer import Info, actor_of

RoomId = an_id("The chat room.")


@plain
@strawberry.type(description="What was said in a chat room.")
class ChatLog:
    csv: str = strawberry.field(description="As CSV with the columns at, author, text; removed messages have no text.")


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

    @mutation("Give a chat room another title, or hours in which pupils may write.")
    def edit_chat_room(
        self,
        info: Info,
        room_id: RoomId,
        title: Annotated[str | None, argument(description="A new title.")] = None,
        opens_at: Annotated[time | None, argument(description="From when in the day; null for always.")] = UNSET,
        closes_at: Annotated[time | None, argument(description="Until when in the day; null for always.")] = UNSET,
        time_zone: Annotated[str | None, argument(description="By whose clocks, as an IANA name.")] = UNSET,
    ) -> ChatRoom:
        actor = actor_of(info)
        room = find(info, models.ChatRoom, room_id, field="room_id")
        hours = typed(
            {"opens_at": opens_at, "closes_at": closes_at, "time_zone": time_zone}, nullable=("opens_at", "closes_at")
        )
        return chat.edit_chat_room(room, actor=actor, title=title, **hours)

    @mutation("Close a chat room: it is read, and nobody writes there any more; or open it again.")
    def close_chat_room(
        self,
        info: Info,
        room_id: RoomId,
        is_closed: Annotated[bool, argument(description="Closed, or open again.")] = True,
    ) -> ChatRoom:
        actor = actor_of(info)
        room = find(info, models.ChatRoom, room_id, field="room_id")
        return chat.close_chat_room(room, actor=actor, is_closed=is_closed)

    @mutation("Take a chat room away, with all that was said there; tombstones stay.")
    def remove_chat_room(self, info: Info, room_id: RoomId) -> ChatRoom:
        actor = actor_of(info)
        return chat.remove_chat_room(find(info, models.ChatRoom, room_id, field="room_id"), actor=actor)

    @mutation("The log of a chat room, for its teachers; that it was exported is logged too.")
    def export_chat_log(
        self,
        info: Info,
        room_id: RoomId,
        since: Annotated[datetime | None, argument(description="From this moment on.")] = None,
        until: Annotated[datetime | None, argument(description="Before this moment.")] = None,
    ) -> ChatLog:
        actor = actor_of(info)
        room = find(info, models.ChatRoom, room_id, field="room_id")
        return ChatLog(csv=export_chat_log(room, actor=actor, since=since, until=until))

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
