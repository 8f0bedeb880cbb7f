"""Where a thing belongs: its own name in the world, or that of what it hangs on, and who it is for."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from graphql_schema.schema import NODES
from tests.canary.ground.world import World

# What a row hangs on, the nearest first.
OWNERS = (
    "room", "workspace", "project", "application", "assessment", "entry", "request", "sanction", "conversation",
    "membership", "recipient", "school", "person", "sender", "author", "blocker", "country", "agency",
)  # fmt: skip


class Places:
    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[Any, str] = {}

    def of(self, row: Model) -> str:
        key = (type(row).__name__, row.pk)
        if key not in self.known:
            self.known[key] = " ".join([self._root(row), *_marks(row)])
        return self.known[key]

    def _root(self, row: Any) -> str:
        kind = type(row).__name__
        if kind == "Event":
            return ",".join(sorted(row.countries.values_list("country", flat=True))) or "nowhere"
        if kind == "WorkspaceMembership":
            return f"{self.world.names[row.workspace_id]} {self._name(row.person)}"
        if kind == "ProjectMember":
            return f"{self._name(row.person)} {self._name(row.project)}"
        if kind in ("SchoolMembership", "Officer", "NationalLabel"):
            return self._name(row.person)
        if kind == "Consent":
            return self._root(row.membership)
        return self._name(row)

    def _name(self, row: Any) -> str:
        if row.pk in self.world.names or isinstance(row.pk, str):
            return self.world.names.get(row.pk, row.pk)
        if type(row).__name__ == "Person":
            return f"officer {row.country_id or 'central'}"
        for owner in OWNERS:
            above = getattr(row, owner, None)
            if isinstance(above, Model):
                return self._name(above)
        return "central" if type(row).__name__ == "Agency" else "some"


def _marks(row: Any) -> list[str]:
    """What sets a thing apart from others of its kind in the same place."""
    marks = []
    audience = getattr(row, "audience", "MEMBERS")
    if audience != "MEMBERS":
        marks.append(audience.lower())
    if getattr(row, "published_at", True) is None and type(row).__name__ == "Page":
        marks.append("draft")
    if getattr(row, "archived_at", None):
        marks.append("archived")
    if getattr(row, "is_removed", False):
        marks.append("removed")
    if getattr(row, "state", "") in ("LEFT", "DECLINED"):
        marks.append(row.state.lower())
    return marks


def all_places(world: World) -> dict[Any, str]:
    """Of every row that has an id in the schema, as (type, key)."""
    places = Places(world)
    models = ((name, apps.get_model(area, name)) for name, area in NODES.items())
    return {(name, str(row.pk)): places.of(row) for name, model in models for row in model._base_manager.all()}


def some_of_each(places: dict[Any, str]) -> list[tuple[str, str]]:
    """The first and the last thing of every type and place."""
    first = {(kind, place): (kind, key) for (kind, key), place in reversed(places.items())}
    last = {(kind, place): (kind, key) for (kind, key), place in places.items()}
    return list({*first.values(), *last.values()})
