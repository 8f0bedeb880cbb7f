"""What happens in chat rooms."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.workspaces.events.content import InsideFact, TeachersTold
from backend.workspaces.models import ChatMessage


class ChatRoomOpened(InsideFact):
    kind = "workspace.chat_room_opened"
    wording = _("%(actor)s opened a chat room.")


class ChatRoomEdited(InsideFact):
    kind = "workspace.chat_room_edited"
    wording = _("%(actor)s changed a chat room.")


class ChatRoomClosed(InsideFact):
    kind = "workspace.chat_room_closed"
    wording = _("%(actor)s closed a chat room.")


class ChatRoomReopened(InsideFact):
    kind = "workspace.chat_room_reopened"
    wording = _("%(actor)s opened a chat room again.")


class ChatRoomRemoved(TeachersTold):
    kind = "workspace.chat_room_removed"
    wording = _("%(actor)s removed a chat room, with what was said there.")


class ChatLogExported(InsideFact):
    kind = "workspace.chat_log_exported"
    wording = _("%(actor)s exported the log of a chat room.")


class ChatDutyStarted(InsideFact):
    kind = "workspace.chat_duty_started"
    wording = _("%(actor)s is on duty in a chat room.")


class ChatDutyEnded(InsideFact):
    kind = "workspace.chat_duty_ended"
    wording = _("%(actor)s is no longer on duty in a chat room.")


@dataclass(frozen=True)
class ChatFact(InsideFact):
    thing: ChatMessage

    def data(self) -> dict[str, str]:
        return {**super().data(), "room": str(self.thing.room_id)}


class ChatMessageSent(ChatFact):
    kind = "workspace.chat_message_sent"
    wording = _("%(actor)s wrote in a chat room.")


class ChatMessageRemoved(ChatFact):
    kind = "workspace.chat_message_removed"
    wording = _("%(actor)s removed a chat message.")
