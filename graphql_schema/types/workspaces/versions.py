"""Earlier versions of what is written inside workspaces."""

from datetime import datetime
from typing import Any

import strawberry
import strawberry_django
from strawberry.scalars import JSON

from backend.workspaces import permissions
from graphql_schema.types.accounts import PER_VIEWER
from graphql_schema.types.workspaces.standing import OF_WHOM, membership
from graphql_schema.viewer import Info

SHOWN = 50
VERSION = "The version of the text; hand it back when editing."
NEEDED: dict[str, Any] = {"prefetch_related": ["versions", "versions__author"], "metadata": PER_VIEWER}


@strawberry.type(description="A text as it was after an edit.")
class TextVersion:
    number: int = strawberry.field(description="The version.")
    at: datetime = strawberry.field(description="When it was saved.")
    author_name: str = strawberry.field(description="Who saved it.")
    text: JSON = strawberry.field(description="The text, by field.")


def kept(thing: Any) -> list[TextVersion]:
    """The newest fifty; no query when they are prefetched."""
    rows = list(thing.versions.all())[:SHOWN]
    return [TextVersion(number=v.number, at=v.saved_at, author_name=str(v.author or ""), text=v.text) for v in rows]


@strawberry.type
class Versioned:
    """Things whose author and teachers may read what they said before."""

    @strawberry_django.field(
        description="What it said before, newest first, at most 50; none before the first edit: for its author and "
        "teachers.",
        only=OF_WHOM, **NEEDED,
    )  # fmt: skip
    def versions(self, info: Info) -> list[TextVersion]:
        me = membership(info, self.workspace_id)
        may = permissions.can_read_versions(me, self) and not self.is_removed
        return kept(self) if may else []
