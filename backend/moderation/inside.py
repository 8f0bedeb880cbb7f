"""What an officer sees who looks inside a private workspace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.moderation.subjects import KINDS
from backend.workspaces.models import ChatMessage, Discussion, File, Inside, Page, Post, Thread, Update, Workspace

SHOWN = 200
# Each kind of thing, and what of it is its title, its text, and where it stands.
READ: tuple[tuple[type[Inside], str, str, str], ...] = (
    (Discussion, "title", "description", ""),
    (Thread, "title", "", "discussion"),
    (Post, "", "text", "thread"),
    (Update, "", "text", ""),
    (Page, "title", "text", ""),
    (ChatMessage, "", "text", "room"),
    (File, "name", "caption", "folder"),
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
    within: str
    is_removed: bool


def last_things(workspace: Workspace) -> list[Seen]:
    """The newest 200 things of all kinds, newest first; one query for each kind."""
    found: list[Seen] = []
    for model, title, text, place in READ:
        told = ("author", place) if place else ("author",)
        rows: Any = model._default_manager.filter(workspace=workspace).select_related(*told)
        found += [_seen(row, title, text, place) for row in rows.order_by("-pk")[:SHOWN]]
    return sorted(found, key=lambda seen: seen.at, reverse=True)[:SHOWN]


def _seen(thing: Any, title: str, text: str, place: str) -> Seen:
    gone = thing.removed_at is not None
    around = getattr(thing, place) if place else None
    return Seen(
        kind=type(thing).__name__,
        label=str(KINDS[type(thing)].label),
        author=str(thing.author),
        at=thing.created_at,
        title=getattr(thing, title) if title and not gone else "",
        text=getattr(thing, text) if text and not gone else "",
        within=str(around) if around and around.removed_at is None else "",
        is_removed=gone,
    )
