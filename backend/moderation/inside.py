"""What an officer sees who looks inside a private workspace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.moderation.subjects import KINDS
from backend.workspaces.models import ChatMessage, Discussion, File, Inside, Page, Post, Thread, Update, Workspace

SHOWN = 200
# Each kind of thing, and what of it is its title and its text.
READ: tuple[tuple[type[Inside], str, str], ...] = (
    (Discussion, "title", "description"),
    (Thread, "title", ""),
    (Post, "", "text"),
    (Update, "", "text"),
    (Page, "title", "text"),
    (ChatMessage, "", "text"),
    (File, "name", "caption"),
)


@dataclass(frozen=True)
class Seen:
    """One thing inside; what was removed has no words any more."""

    kind: str
    label: str
    author: str
    at: datetime
    title: str
    text: str
    is_removed: bool


def last_things(workspace: Workspace) -> list[Seen]:
    """The newest 200 things of all kinds, newest first; one query for each kind."""
    found: list[Seen] = []
    for model, title, text in READ:
        rows: Any = model._default_manager.filter(workspace=workspace).select_related("author")
        found += [_seen(row, title, text) for row in rows.order_by("-pk")[:SHOWN]]
    return sorted(found, key=lambda seen: seen.at, reverse=True)[:SHOWN]


def _seen(thing: Any, title: str, text: str) -> Seen:
    gone = thing.removed_at is not None
    return Seen(
        kind=type(thing).__name__,
        label=str(KINDS[type(thing)].label),
        author=str(thing.author),
        at=thing.created_at,
        title=getattr(thing, title) if title and not gone else "",
        text=getattr(thing, text) if text and not gone else "",
        is_removed=gone,
    )
