"""Every text in the database becomes a marked string that tells the row and the field it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

MARK = re.compile(r"c4n[0-9a-z]{5}", re.IGNORECASE)
MARK_LENGTH = 8
# Words of the machine: they decide something, or are looked up.
KEPT = {
    "password", "language", "time_zone", "consent_version", "slug", "session_key", "session_data", "digest", "media_type",
    "login_digest", "code", "kind", "subject_type", "input_digest", "content", "mutation", "owner", "key", "labels",
    "counts", "tables", "answer", "data", "measure",
}  # fmt: skip
DATA = ("vocabulary", "labels.LabelGrid", "labels.LabelCriterion", "schools.Country", "eventlog")


@dataclass(frozen=True)
class Origin:
    model: str
    field: str
    key: Any


class Marks:
    """All strings that were put in, by the marked word in them."""

    def __init__(self) -> None:
        self.origins: dict[str, Origin] = {}
        for model in apps.get_models():
            if model.__module__.startswith("backend.") and not model._meta.proxy and not _is_data(model):
                for row in model._base_manager.all():
                    self.add(row)

    def add(self, row: models.Model) -> None:
        texts = [field for field in row._meta.concrete_fields if _is_text(field) and _is_free(row, field)]
        if not texts:
            return
        values = {f.attname: self._marked(row, f, getattr(row, f.attname)) for f in texts}
        type(row)._base_manager.filter(pk=row.pk).update(**values)

    def _marked(self, row: models.Model, field: Any, value: Any) -> Any:
        if isinstance(value, list):
            return value
        if isinstance(value, dict):
            return {name: self._new(row, field) if isinstance(text, str) else text for name, text in value.items()}
        word = self._new(row, field)
        if field.attname == "official_number":
            return word.upper()
        if isinstance(field, models.EmailField) or field.attname == "login":
            return f"{word}@example.org"
        return f"https://{word}.example/" if isinstance(field, models.URLField) else word

    def _new(self, row: models.Model, field: Any) -> str:
        word = f"c4n{_base36(len(self.origins)):0>5}"
        self.origins[word] = Origin(type(row).__name__, field.attname, row.pk)
        return word

    def found_in(self, value: Any) -> Iterator[Origin]:
        for word in MARK.findall(str(value)):
            if word.lower() in self.origins:
                yield self.origins[word.lower()]


def _is_data(model: type[models.Model]) -> bool:
    return model._meta.app_label in DATA or model._meta.label in DATA


def _is_text(field: Any) -> bool:
    texts = models.CharField | models.TextField | models.JSONField
    is_long = field.max_length is None or field.max_length >= MARK_LENGTH  # shorter ones hold codes
    return isinstance(field, texts) and is_long and not field.choices and field.name not in KEPT and field.editable


def _is_free(row: Any, field: Any) -> bool:
    """A link of a file that was uploaded stays empty, and so does a pupil's e-mail address."""
    is_pupils = type(row).__name__ == "Person" and row.kind == "PUPIL" and field.name == "email"
    return not is_pupils and not (type(row).__name__ == "File" and field.name == "link")


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text or "0"
