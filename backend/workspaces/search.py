"""Searching inside a workspace: everything the viewer may see that holds all the words."""

from typing import Any

from django.db.models import Model, Q

from backend.accounts.models import Person
from backend.core.ranking import MOST_WORDS, best_first
from backend.workspaces.models import (
    Activity,
    ChatMessage,
    Discussion,
    File,
    Inside,
    InsideQuerySet,
    Meeting,
    Page,
    Post,
    Thread,
    Update,
    Workspace,
)

FOUND = 20  # of each kind
# What of each kind is searched: what stands above it, and what it says.
WHERE: dict[type[Inside], tuple[tuple[str, ...], tuple[str, ...]]] = {
    Page: (("title",), ("text",)), Thread: (("title",), ()), Post: ((), ("text",)), Update: ((), ("text",)),
    File: (("name",), ("caption",)), Discussion: (("title",), ("description",)),
    Activity: (("title",), ("text", "who")), Meeting: (("title",), ("text",)), ChatMessage: ((), ("text",)),
}  # fmt: skip


def search_inside(workspace: Workspace, viewer: Person, words: str) -> list[Inside]:
    """What holds every word, best first, of each kind the best twenty; nothing without words."""
    wanted = words.split()[:MOST_WORDS]
    if not wanted:
        return []
    found: list[Any] = [row for model in WHERE for row in _search(model, workspace, viewer, wanted)]
    return sorted(found, key=lambda row: (row.points, row.pk), reverse=True)


def _search(model: type[Inside], workspace: Workspace, viewer: Person, words: list[str]) -> Any:
    objects: InsideQuerySet[Model] = model._default_manager.for_viewer(viewer)  # type: ignore[attr-defined]
    found = objects.filter(workspace=workspace, removed_at=None, hidden_at=None)
    heads, bodies = WHERE[model]
    for word in words:
        holds = Q()
        for name in (*heads, *bodies):
            holds |= Q(**{f"{name}__icontains": word})
        found = found.filter(holds)
    return best_first(found, words, heads=heads, bodies=bodies).select_related("author")[:FOUND]
