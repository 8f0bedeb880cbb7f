"""Finding what an id names: among what the viewer may see, or nowhere."""

from binascii import Error
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from strawberry.relay.utils import from_base64, to_base64

from backend.core.guards import refusal
from backend.core.kept.statements import row_of
from backend.core.models import NOBODY
from graphql_schema.viewer import viewer_of

M = TypeVar("M", bound=Model)


def key_of(global_id: str, type_name: str) -> UUID | None:
    """The key inside a global id; None for anything that is no id of that type."""
    try:
        found, key = from_base64(global_id)
        return UUID(key) if found == type_name else None
    except (ValueError, Error, UnicodeError):
        return None


def any_key(global_id: str | None) -> UUID | None:
    """The key inside a global id of whatever type; the key of nothing for what is no id; None for none."""
    if global_id is None:
        return None
    try:
        return UUID(from_base64(global_id)[1])
    except (ValueError, Error, UnicodeError):
        return NOBODY


def global_id(thing: Model) -> str:
    return to_base64(type(thing).__name__, str(thing.pk))


def look_up(info: Any, model: type[M], identifier: str) -> M | None:
    """What the id names, if the viewer may see it. Absent and forbidden look the same."""
    key = key_of(identifier, model.__name__)
    found: M | None = row_of(visible(model, "pk"), viewer_of(info), key) if key else None
    return found


@cache
def visible(model: type[Model], *columns: str) -> Callable[..., QuerySet[Any]]:
    """What a viewer may see of these rows with these values in these columns: one function, so that its statement is
    kept."""

    def ask(viewer: Any, *values: Any) -> QuerySet[Any]:
        rows: Any = model._default_manager.for_viewer(viewer)  # type: ignore[attr-defined]
        return cast(QuerySet[Any], rows.filter(**dict(zip(columns, values, strict=True))))

    return ask


def look_up_all(info: Any, model: type[M], identifiers: Iterable[str]) -> dict[str, M]:
    """The same for many of a kind, by their ids, in one query."""
    keys = {each: key for each in identifiers if (key := key_of(each, model.__name__))}
    visible: Any = model._default_manager.for_viewer(viewer_of(info))  # type: ignore[attr-defined]
    found = visible.in_bulk({*keys.values()}) if keys else {}
    return {each: found[key] for each, key in keys.items() if key in found}


def annotated(row: Any, name: str, expression: Any) -> Any:
    """What lists bring along for each row; a row that came alone, such as a mutation's answer, is asked for it."""
    if name not in vars(row):
        found = type(row)._default_manager.filter(pk=row.pk).values_list(expression, flat=True).first()
        setattr(row, name, found)
    return getattr(row, name)


def find(info: Any, model: type[M], identifier: str, *, field: str) -> M:
    """The same for a rule's input: refuses what is not there."""
    found = look_up(info, model, identifier)
    if found is None:
        raise refusal("not_found", field=field)
    return found
