"""Arguments that mutations of workspaces share."""

from typing import Any

from strawberry import argument

from backend.workspaces import models
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import an_id
from graphql_schema.viewer import Info

WorkspaceId = an_id("The workspace.")
AUDIENCE = argument(description="Who sees it.")


def members_of(info: Info, ids: list[str] | None, *, field: str) -> list[models.WorkspaceMembership] | None:
    """The memberships that ids name; None stays None."""
    if ids is None:
        return None
    return [find(info, models.WorkspaceMembership, each, field=field) for each in ids]


def found_or_none(info: Info, model: Any, identifier: str | None, *, field: str) -> Any:
    return find(info, model, identifier, field=field) if identifier else None
