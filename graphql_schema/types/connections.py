"""Lists that can grow: keyset cursors, and a page that the client has to size."""

import strawberry
from django.db.models import QuerySet
from strawberry import relay
from strawberry.utils.inspect import in_async_context
from strawberry_django.optimizer import is_optimized_by_prefetching
from strawberry_django.relay import DjangoCursorConnection, DjangoCursorEdge
from strawberry_django.relay.utils import resolve_edge_class

from graphql_schema.completion.pages import Page, Paged
from graphql_schema.errors import CodedError
from graphql_schema.limits import PAGE_LIMIT

COUNTED = 1_000


@strawberry.type(name="Edge", description="An entry of a page.")
class Edge(DjangoCursorEdge[relay.NodeType]):
    """Strawberry's own would be called `ThreadCursorEdge`; Relay's tools look for `ThreadEdge`."""


@strawberry.type(name="Connection", description="A page of a list.")
class Connection(Paged, DjangoCursorConnection[relay.NodeType]):
    """`first` or `last` is required, at most 100; stable when rows are inserted."""

    edges: list[Edge[relay.NodeType]] = strawberry.field(description="The entries of this page.")

    @strawberry.field(description="How many there are; counting stops at 1,001, which means: more than 1,000.")
    def total_count(self) -> int:
        assert self.total_count_qs is not None
        return self.total_count_qs.order_by().values("pk")[: COUNTED + 1].count()

    @classmethod
    def resolve_connection(
        cls, nodes, *, info, before=None, after=None, first=None, last=None, max_results=None, **kwargs
    ):
        """Refuses a page without a size, and cursors that are none."""
        if (first is None) == (last is None):
            raise CodedError("Please give either `first` or `last`.", "PAGE_SIZE_MISSING")
        if not 0 <= (first if last is None else last) <= PAGE_LIMIT:
            raise CodedError(f"A page has at most {PAGE_LIMIT} entries.", "PAGE_TOO_LARGE", limit=PAGE_LIMIT)
        assert isinstance(nodes, QuerySet)
        cut = {"info": info, "before": before, "after": after, "first": first, "last": last, "max_results": PAGE_LIMIT}
        try:
            if is_optimized_by_prefetching(nodes) or in_async_context():
                return super().resolve_connection(nodes, **cut, **kwargs)
            page = Page(nodes, resolve_edge_class(cls), **cut)
        except (ValueError, TypeError):
            if after is None and before is None:
                raise
            raise CodedError("This cursor is not valid here.", "BAD_CURSOR") from None
        connection = cls.__new__(cls)
        connection.page, connection.total_count_qs = page, nodes
        return connection
