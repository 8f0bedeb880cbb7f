"""What one actor reads through a schema: the value of every field of every thing, however it was reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.relay.utils import from_base64, to_base64
from strawberry_django.optimizer import DjangoOptimizerExtension

from backend.accounts.models import Person
from graphql_schema.schema import NODES, Mutation, Query, Schema, Subscription
from graphql_schema.viewer import Context
from tests.canary.documents import Documents
from tests.canary.ground.places import Places
from tests.support.api import gid

DEPTH = 3


def schema_with(*walls: Any) -> Schema:
    """The schema with these walls, without limits: they have tests of their own."""
    extensions = [ParserCache, ValidationCache, DjangoOptimizerExtension, *walls]
    return Schema(query=Query, mutation=Mutation, subscription=Subscription, extensions=extensions)


@dataclass(frozen=True)
class Call:
    """Arguments of a root field, and what the policy calls this way of asking."""

    arguments: str = ""
    label: str = ""
    declared: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass
class Readings:
    """By (type, field): each thing it was read of (or the root field, for what is no thing's) and what came back."""

    values: dict[str, dict[Any, list[Any]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    ways: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    errors: list[str] = field(default_factory=list)

    def note(self, pair: str, thing: Any, value: Any) -> None:
        self.values[pair][thing].append(value)


class Reader:
    """One actor, who asks for everything."""

    def __init__(self, schema: Schema, viewer: Person | None, depth: int = DEPTH) -> None:
        self.schema, self.viewer, self.depth = schema, viewer, depth
        self.documents = Documents(schema._schema)
        self.read = Readings()

    def everything(self, calls: dict[str, list[Call]], things: Iterable[tuple[str, str]]) -> Readings:
        self.roots(calls)
        self.nodes(things)
        return self.read

    def roots(self, calls: dict[str, list[Call]]) -> None:
        """Every root field, with the arguments that the world has for it."""
        for name, root in self.documents.roots():
            if name in ("node", "nodes"):
                continue
            for call in calls.get(name, [Call()]):
                text = self.documents.of_field(name, root, self.depth, call.arguments)
                head = f"query({call.declared}) " if call.declared else ""
                self._ask(f"{head}{{ {text} }}", f"{name} {call.label}".strip(), **call.variables)

    def nodes(self, things: Iterable[tuple[str, str]]) -> None:
        """Each of these by its id."""
        for name, keys in groupby(sorted(things), key=itemgetter(0)):
            ids = [to_base64(name, key) for _, key in keys]
            selection = self.documents.of_type(name, 1)
            for start in range(0, len(ids), 100):
                document = (
                    f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename ... on {name} {{ {selection} }} }} }}"
                )
                self._ask(document, "nodes", ids=ids[start : start + 100])

    def _ask(self, document: str, root: str, **variables: Any) -> None:
        viewer = Person.objects.get(pk=self.viewer.pk) if self.viewer else None
        result = self.schema.execute_sync(document, variables, context_value=Context(viewer=viewer, proof=root))
        for error in result.errors or ():
            self.read.errors.append(f"{root} {'.'.join(map(str, error.path or ()))}: {error.message}")
        for name, value in (result.data or {}).items():
            self._walk(value, root, "Query", name)

    def _walk(self, value: Any, thing: Any, kind: str, name: str) -> None:
        """`thing` is the node that the value hangs on, or the root call."""
        pair = f"{kind}.{name}"
        if isinstance(value, list) or (isinstance(value, dict) and ("edges" in value or "__typename" in value)):
            for row in _rows(value):
                self._enter(row, thing, pair)
        else:
            self.read.note(pair, thing, value)

    def _enter(self, row: Any, thing: Any, pair: str) -> None:
        if not isinstance(row, dict):
            self.read.note(pair, thing, row)
            return
        kind = row["__typename"]
        here = _id(row) or thing
        if here == thing:
            self.read.note(pair, thing, kind)
        else:
            self.read.ways[pair].add((thing, here))
        for name, value in row.items():
            if name != "__typename":
                self._walk(value, here, kind, name.rpartition("__")[2])


def _rows(value: Any) -> Iterator[Any]:
    if isinstance(value, dict) and "edges" in value:
        yield from (edge["node"] for edge in value["edges"] if edge["node"])
    elif isinstance(value, list):
        yield from (row for row in value if row is not None)
    else:
        yield value


def _id(row: Any) -> Any:
    given = next((value for name, value in row.items() if name in ("id", f"{row.get('__typename')}__id")), None) if (
        isinstance(row, dict)) else None  # fmt: skip
    try:
        return tuple(from_base64(given)) if given else None
    except ValueError:
        return None


def calls(world: Any) -> dict[str, list[Call]]:
    """The arguments that root fields are asked with, by the world's things: one of every place."""
    places = Places(world)
    days = 'since: "2026-01-01", until: "2026-06-30"'

    def of(model: str, argument: str = "id", more: str = "") -> list[Call]:
        rows = apps.get_model(NODES[model], model)._base_manager.order_by("pk")
        one_each = {places.of(row): row for row in rows}
        return [
            Call(f"{argument}: $id{more}", label=place, declared="$id: ID!", variables={"id": gid(row)})
            for place, row in one_each.items()
        ]

    slugs = apps.get_model("library", "LibraryEntry")._base_manager.all()
    return {
        "school": of("School", "by: {id", "}"), "conversation": of("Conversation"), "project": of("Project"),
        "workspace": of("Workspace"), "thread": of("Thread"), "page": of("Page"), "chatRoom": of("ChatRoom"),
        "workspaceEvents": of("Workspace", "workspaceId"),
        "looksInside": of("Workspace", "workspaceId", ", first: 100"),
        "possibleDuplicates": [
            Call('of: {proposal: {name: "c4n", town: "c4n"}}', label="proposal"), *of("School", "of: {schoolId", "}"),
        ],
        "partnershipProjects": [
            Call(f"country: {one}, partnerCountry: {other}, first: 100", label=f"{one}-{other}")
            for one, other in (("FR", "PL"), ("DE", "PL"))
        ],
        "statistics": [Call(f"country: {country}, {days}", label=country) for country in ("FR", "DE")],
        "publicStatistics": [Call(f"country: {country}", label=country) for country in ("FR", "DE", "PL")],
        "libraryEntry": [
            Call("by: {slug: $slug}", label=world.names[row.pk], declared="$slug: String!", variables={"slug": row.slug})
            for row in slugs
        ],
        "announcements": [Call("first: 100"), Call("mine: true, first: 100", label="mine")],
        "library": [
            Call(f"filter: {{state: {state}}}, first: 100", label=state) for state in ("PUBLISHED", "DRAFT", "ARCHIVED")
        ],
    }  # fmt: skip
