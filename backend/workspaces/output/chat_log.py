"""The log of a chat room, for the teachers who answer for it."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.eventlog.record import record
from backend.workspaces.events import ChatLogExported
from backend.workspaces.models import ChatRoom
from backend.workspaces.permissions import can_export_chat
from backend.workspaces.room import ensure_there, enter

MESSAGES = 10_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@transaction.atomic
def export_chat_log(
    room: ChatRoom, *, actor: Person, since: datetime | None = None, until: datetime | None = None
) -> str:
    """What was said between two moments, as CSV: when, by the actor's clock, who, what. Removed messages have no words."""
    allow(can_export_chat(enter(room.workspace, actor), room))
    ensure_there(room)
    said = room.messages.select_related("author").order_by("pk")
    between = {"created_at__gte": since, "created_at__lt": until}
    said = said.filter(**{name: moment for name, moment in between.items() if moment})
    ensure(said.count() <= MESSAGES, "too_many_at_once", field="since", limit=MESSAGES)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("at", "author", "text"))
    zone = ZoneInfo(actor.time_zone)
    for message in said:
        at = message.created_at.astimezone(zone).isoformat(timespec="seconds")
        rows.writerow((at, _cell(str(message.author)), "" if message.is_removed else _cell(message.text)))
    record(ChatLogExported(room), actor=actor)
    return out.getvalue()


def _cell(text: str) -> str:
    """Spreadsheets would compute what begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
