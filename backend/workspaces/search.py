"""Searching inside a workspace: everything the viewer may see that holds all the words."""

from django.db.models import Model, Q

from backend.accounts.models import Person
from backend.workspaces.models import (
    Activity,
    ChatMessage,
    Discussion,
    File,
    InsideQuerySet,
    Meeting,
    Page,
    Post,
    Thread,
    Update,
    Workspace,
)

FOUND = 20  # of each kind
WHERE: dict[type[Model], tuple[str, ...]] = {
    Page: ("title", "text"), Thread: ("title",), Post: ("text",), Update: ("text",), File: ("name", "caption"),
    Discussion: ("title", "description"), Activity: ("title", "text", "who"), Meeting: ("title", "text"),
    ChatMessage: ("text",),
}  # fmt: skip


def search_inside(workspace: Workspace, viewer: Person, words: str) -> list[InsideQuerySet[Model]]:
    """For each kind of thing, the newest that hold every word; nothing without words."""
    wanted = words.split()[:8]
    return [_search(model, names, workspace, viewer, wanted) for model, names in WHERE.items()] if wanted else []


def _search(
    model: type[Model], names: tuple[str, ...], workspace: Workspace, viewer: Person, words: list[str]
) -> InsideQuerySet[Model]:
    objects: InsideQuerySet[Model] = model._default_manager.for_viewer(viewer)  # type: ignore[attr-defined]
    found = objects.filter(workspace=workspace, removed_at=None, hidden_at=None)
    for word in words:
        holds = Q()
        for name in names:
            holds |= Q(**{f"{name}__icontains": word})
        found = found.filter(holds)
    return found.order_by("-pk")[:FOUND]
