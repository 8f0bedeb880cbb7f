"""Pages of connections: cut in the database, and read as tuples where the selection is plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from types import SimpleNamespace
from typing import Any, ClassVar

from django.db.models import QuerySet
from graphql import GraphQLObjectType
from strawberry.relay import PageInfo
from strawberry_django.relay.cursor_connection import OrderedCollectionCursor, apply_cursor_pagination

from graphql_schema.completion.optimizing import optimized
from graphql_schema.completion.rows import Completed, Reader, Row, RowCompiler
from graphql_schema.completion.writing import Surprise
from graphql_schema.guard import is_marked


class Page:
    """Rows cut to a page and one more, which tells whether there are more; read when it is known what is asked of them."""

    def __init__(self, nodes: QuerySet[Any], edge: Any, **cut: Any) -> None:
        """Raises for cursors that are none."""
        self.nodes, self.edge, self.cut = nodes, edge, cut
        self.first, self.last = cut["first"], cut["last"]
        self.rows, self.ordering = apply_cursor_pagination(nodes, **cut)
        self.columns: tuple[str, ...] = ()  # of the tuples; none for objects
        self.has_more = False
        self.ends: list[Any] | None = None  # the first and the last row, once it is read

    def edges(self) -> list[Any]:
        """Read as objects."""
        self.columns = ()
        nodes = optimized(self.nodes, self.cut["info"])
        if nodes is not self.nodes:
            self.rows, self.ordering = apply_cursor_pagination(nodes, **self.cut)
        return [self.edge(cursor=self.cursor(row), node=row) for row in self._cut(list(self.rows))]

    def tuples(self, columns: Sequence[str]) -> list[Row]:
        """Read as tuples that begin with these columns."""
        self.columns = tuple(dict.fromkeys((*columns, *(each.attname for each in self.ordering))))
        return self._cut(list(self.rows.values_list(*self.columns)))

    def _cut(self, found: list[Any]) -> list[Any]:
        size = self.last if self.first is None else self.first
        self.has_more = len(found) > size
        found = found[:size] if self.last is None else found[:size][::-1]
        self.ends = found[:1] + found[-1:]
        return found

    def cursor(self, row: Any) -> str:
        if self.columns:
            row = SimpleNamespace(**dict(zip(self.columns, row, strict=True)))
        place = OrderedCollectionCursor.from_model(row, self.ordering)
        cursor: str = self.edge.resolve_edge(None, cursor=place).cursor
        return cursor

    def info(self) -> PageInfo:
        """Of what was read."""
        start, end = (self.cursor(self.ends[0]), self.cursor(self.ends[-1])) if self.ends else (None, None)
        return PageInfo(
            start_cursor=start, end_cursor=end,
            has_previous_page=self.last is not None and self.has_more,
            has_next_page=self.first is not None and self.has_more,
        )  # fmt: skip


class Paged:
    """A connection with a page, which is read when somebody asks for its edges; without one it has them already."""

    page: ClassVar[Page | None] = None

    def __getattr__(self, name: str) -> Any:
        page: Page | None = vars(self).get("page")
        if page is None or name not in ("edges", "page_info"):
            raise AttributeError(name)
        if name == "edges" or page.ends is None:
            self.edges = page.edges()
        self.page_info = page.info()
        return vars(self)[name]


@dataclass(frozen=True)
class Edges:
    """What is selected of a page's edges, by the names in the answer."""

    fields: dict[str, str]
    reader: Reader
    kind: str

    def read(self, connection: Any, context: Any) -> list[Completed] | None:
        """None for a page that has to be read as objects."""
        page: Page | None = connection.page
        if page is None or not _is_plain(page.rows, context.viewer):
            return None
        rows = page.tuples(self.reader.columns)
        parts = {
            "node": lambda: self.reader.completed(rows, context),
            "cursor": lambda: map(page.cursor, rows),
            "__typename": lambda: repeat(self.kind, len(rows)),
        }
        names, values = [*self.fields], [parts[each]() for each in self.fields.values()]
        return [dict(zip(names, edge, strict=True)) for edge in zip(*values, strict=True)]


def _is_plain(rows: QuerySet[Any], viewer: Any) -> bool:
    """Whether the viewer may see all of them, and columns can be chosen that are not what they are grouped by."""
    return is_marked(rows, viewer) and not rows.query.combinator and rows.query.group_by is None


def edges(rows: RowCompiler, kind: GraphQLObjectType, details: Any) -> Edges:
    """Compiles what is selected of the edges of this type."""
    fields, reader = {}, None
    for name, (first, *others) in rows.plans.selected(kind, details).items():
        fields[name] = first.node.name.value
        if fields[name] == "node" and reader is None:
            found, _ = rows.plans.plain(kind, [first, *others])
            reader = rows.reader(found.type.of_type, [first, *others])
        elif fields[name] not in ("cursor", "__typename"):
            raise Surprise
    if reader is None:
        raise Surprise
    return Edges(fields, reader, kind.name)
