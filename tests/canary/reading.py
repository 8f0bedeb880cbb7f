"""What one actor reads through a schema: the value of every field of every thing, however it was reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.relay.utils import from_base64, to_base64
from strawberry.schema.config import StrawberryConfig
from strawberry_django.optimizer import DjangoOptimizerExtension

from backend.accounts.models import Person
from backend.core import clock
from backend.eventlog.cursors import START, Cursor
from graphql_schema.completion.executor import Executor
from graphql_schema.completion.names import Names
from graphql_schema.guard import Guard
from graphql_schema.schema import NODES, Mutation, Query, Schema, Subscription
from graphql_schema.viewer import Context
from tests.canary.documents import Documents
from tests.canary.ground.places import Places
from tests.support.api import gid

DEPTH = 3
DOCUMENTS = 1_000  # more than there are


def schema_with(*walls: Any) -> Schema:
    """The schema with these walls, without limits: they have tests of their own. With the guard, which stands in compiled
    selections too, it is executed as it is for everybody."""
    caches = [partial(each, maxsize=DOCUMENTS) for each in (ParserCache, ValidationCache)]
    return Schema(
        query=Query, mutation=Mutation, subscription=Subscription,
        extensions=[*caches, DjangoOptimizerExtension, *walls],
        config=StrawberryConfig(name_converter=Names()),
        execution_context_class=Executor if Guard in walls else None,
    )  # fmt: skip


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
    refused: list[tuple[str, str]] = field(default_factory=list)  # the things that only the guard held back

    def note(self, pair: str, thing: Any, value: Any) -> None:
        self.values[pair][thing].append(value)


class Reader:
    """One actor, who asks for everything."""

    def __init__(self, schema: Schema, viewer: Person | None, depth: int = DEPTH) -> None:
        self.schema, self.viewer, self.depth = schema, viewer, depth
        self.documents = Documents(schema._schema)
        self.read = Readings()
        self.guarded: dict[Any, bool] = {}  # what the guard said of a row; the world stands still, so it is asked once

    def everything(self, calls: dict[str, list[Call]], things: Iterable[tuple[str, str]]) -> Readings:
        self.roots(calls)
        self.nodes(things)
        self.read.refused = [(model.__name__, str(key)) for (_, model, key), may in self.guarded.items() if not may]
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
        """Each of these by its id, and of every type one alone: such as was read, where there is one."""
        for name, keys in groupby(sorted(things), key=itemgetter(0)):
            ids = [to_base64(name, key) for _, key in keys]
            selection = f"__typename ... on {name} {{ {self.documents.of_type(name, 1)} }}"
            for start in range(0, len(ids), 100):
                document = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {selection} }} }}"
                self._ask(document, "nodes", ids=ids[start : start + 100])
            read = (to_base64(*there) for _, there in self.read.ways["Query.nodes"] if there[0] == name)
            alone = f"query($id: ID!) {{ node(id: $id) {{ __typename ... on {name} {{ id }} }} }}"
            self._ask(alone, "node", id=next(read, ids[0]))

    def send(self, mutation: str, place: str, given: dict[str, Any], depth: int = 2) -> Any:
        """A mutation, and the whole of what it answers: much of that is shown by no query."""
        assert self.schema._schema.mutation_type
        field = self.schema._schema.mutation_type.fields[mutation]
        (argument,) = field.args.values()
        text = self.documents.of_field(mutation, field, depth, "input: $input")
        self.guarded.clear()  # the world does not stand still
        return self._ask(f"mutation($input: {argument.type}) {{ {text} }}", f"{mutation} {place}", input=given)[
            mutation
        ]

    def _ask(self, document: str, root: str, **variables: Any) -> dict[str, Any]:
        viewer = Person.objects.get(pk=self.viewer.pk) if self.viewer else None
        context = Context(viewer=viewer, proof="session:1", remembered=dict(self.guarded))
        result = self.schema.execute_sync(document, variables, context_value=context)
        self.guarded |= {key: said for key, said in context.remembered.items() if key[0] == "guard"}
        for error in result.errors or ():
            self.read.errors.append(f"{root} {'.'.join(map(str, error.path or ()))}: {error.message}")
        for name, value in (result.data or {}).items():
            self._walk(value, root, "Query", name)
        return result.data or {}

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
    today = clock.now().date()
    days = f'since: "{today - timedelta(days=30)}", until: "{today}"'

    def of(model: str, argument: str = "id", more: str = "") -> list[Call]:
        rows = apps.get_model(NODES[model], model)._base_manager.order_by("pk")
        one_each = {places.of(row): row for row in rows}
        return [
            Call(f"{argument}: $id{more}", label=place, declared="$id: ID!", variables={"id": gid(row)})
            for place, row in one_each.items()
        ]

    number = world.schools["FR1"].__class__.objects.get(pk=world.schools["FR1"].pk).official_number
    slugs = apps.get_model("library", "LibraryEntry")._base_manager.all()
    return {
        "school": of("School", "by: {id", "}"), "conversation": of("Conversation"), "project": of("Project"),
        "workspace": of("Workspace"), "thread": of("Thread"), "page": of("Page"), "chatRoom": of("ChatRoom"),
        "workspaceEvents": [
            *of("Workspace", "workspaceId"),
            *(_from_before(letter, room) for letter, room in world.rooms.items()),
        ],
        "looksInside": of("Workspace", "workspaceId", ", first: 100"),
        "possibleDuplicates": [
            Call(f'of: {{proposal: {{name: "c4n", town: "c4n", officialNumber: "{number}"}}}}', label="proposal"),
            *of("School", "of: {schoolId", "}"),
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
        "auditTrail": [Call("first: 100"), Call("last: 100")],
        "announcements": [Call("first: 100"), Call("mine: true, first: 100", label="mine")],
        "library": [
            Call(f"filter: {{state: {state}}}, first: 100", label=state) for state in ("PUBLISHED", "DRAFT", "ARCHIVED")
        ],
    }  # fmt: skip


def _from_before(letter: str, room: Any) -> Call:
    """With a cursor from before a backup was restored."""
    variables = {"id": gid(room), "after": str(Cursor(room.pk, START, 1))}
    return Call("workspaceId: $id, after: $after", letter, "$id: ID!, $after: String", variables)
