"""What each field of each model is, read from fields.toml: personal, secret, or neither."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import FileField, Model

TABLE = Path(__file__).parent / "fields.toml"
PLAIN = {"id", "created_at", "updated_at"}


@dataclass(frozen=True)
class Classes:
    """One model's fields. Paths lead from a row to a person."""

    model: type[Model]
    personal: dict[str, str]  # field → path
    secret: dict[str, str]
    none: frozenset[str]
    row: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    unless: str = ""
    removed: bool = False

    @property
    def fields(self) -> set[str]:
        return {*self.personal, *self.secret, *self.none}

    def owned(self, path: str) -> list[str]:
        """The fields that tell about the person at the end of this path."""
        return [field for field, owner in (self.personal | self.secret).items() if owner == path]

    @property
    def owners(self) -> list[str]:
        """Paths to the people whose words or facts are in here."""
        return sorted({*self.personal.values(), *self.secret.values()} - {""})


@cache
def classes() -> dict[str, Classes]:
    """The whole table, by the label of the model."""
    return {label: _read(label, given) for label, given in tomllib.loads(TABLE.read_text()).items()}


def _read(label: str, given: dict[str, Any]) -> Classes:
    personal, secret = _by_field(given.get("personal", {})), _by_field(given.get("secret", {}))
    row = tuple(given.get("row", "").split())
    owners = {*personal.values()} - {""}
    return Classes(
        model=apps.get_model(label), personal=personal, secret=secret, none=frozenset(given.get("none", "").split()),
        row=row, of=tuple(given["of"].split()) if "of" in given else tuple(sorted({*row, *owners})),
        sees=tuple(given.get("sees", "").split()), unless=given.get("unless", ""), removed=given.get("removed", False),
    )  # fmt: skip


def _by_field(by_path: dict[str, str]) -> dict[str, str]:
    return {field: path for path, fields in by_path.items() for field in fields.split()}


def stored_fields(model: type[Model]) -> set[str]:
    """Every field that the model itself stores, but for keys and the two dates of each row."""
    own = model._meta.local_fields if model._meta.parents else model._meta.fields
    return {field.name for field in (*own, *model._meta.local_many_to_many)} - PLAIN


def empty(field: Any) -> Any:
    """What a field holds when it tells nothing."""
    if isinstance(field, FileField):
        return ""
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    return "" if field.blank else "…"
