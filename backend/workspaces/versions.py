"""Every text stays editable, and nothing that somebody wrote is lost by it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from backend.accounts.models import Person
from backend.core import clock
from backend.core.guards import ensure_version
from backend.core.models import change
from backend.workspaces.models import Activity, Discussion, Meeting, Post, TextVersion, Thread, Update, Workspace

TEXTS: dict[type[Model], tuple[str, ...]] = {
    Post: ("text",), Update: ("text",), Thread: ("title",), Discussion: ("title", "description"),
    Activity: ("title", "text", "who", "starts_on", "ends_on"),
    Meeting: ("title", "text", "starts_at", "ends_at", "link"), Workspace: ("description",),
}  # fmt: skip


def rewrite(thing: Any, *, actor: Person, expected: int, typed: dict[str, Any], **more: Any) -> bool:
    """Store a changed text as the next version; False when nothing differs. Who wrote on an old version gets both
    texts back. `more`: what changes with the text and is none."""
    stored = {name: _plain(getattr(thing, name)) for name in typed}
    written = {name: _plain(value) for name, value in typed.items()}
    ensure_version(expected, thing.version, stored=stored, typed=written)
    if not change(thing, **{name: typed[name] for name in typed if written[name] != stored[name]}, **more):
        return False
    if not thing.versions.exists():
        before = {name: _plain(getattr(thing, name)) for name in TEXTS[type(thing)]} | stored
        _keep(thing, getattr(thing, "author", None), before, thing.created_at)
    change(thing, version=thing.version + 1)
    _keep(thing, actor, {name: _plain(getattr(thing, name)) for name in TEXTS[type(thing)]}, clock.now())
    return True


def _keep(thing: Any, author: Person | None, text: dict[str, Any], at: datetime) -> None:
    workspace = thing if isinstance(thing, Workspace) else thing.workspace
    TextVersion.objects.create(
        workspace=workspace, thing=thing, number=thing.version, author=author, text=text, saved_at=at
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
