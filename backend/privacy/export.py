"""Everything that is known about somebody, as a ZIP: an index to read, the data as JSON, and the files."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, ForeignKey, Model, Q
from django.template.loader import render_to_string
from django.utils import translation

from backend.accounts.models import Person
from backend.privacy.classes import PLAIN, Classes, classes

IN_MEMORY = 5 * 1024 * 1024
NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")


def export(person: Person, *, reader: Person) -> IO[bytes]:
    """A ZIP in a temporary file, at its beginning. Others are in it by name only where the reader sees them."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller sends and closes it)
    names = _Names(reader)
    found = {label: rows for label, each in classes().items() if (rows := list(_rows(each, person)))}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, translation.override(reader.language):
        data = {
            label: [_plain(classes()[label], row, person, names, archive) for row in rows]
            for label, rows in found.items()
        }
        archive.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr("index.html", render_to_string("privacy/index.html", _index(person, data)))
    out.seek(0)
    return out


def _rows(each: Classes, person: Person) -> Iterator[Any]:
    """One's own rows, removed ones too; of what others wrote to one, what is still there."""
    rows, mine, written_to = each.model._base_manager, Q(), Q()
    for path in each.of:
        mine |= Q(**{path: person.pk})
    for path in each.sees:
        written_to |= Q(**{path: person.pk})
    if each.sees and {"removed_at", "hidden_at"} <= each.fields:
        written_to &= Q(removed_at=None, hidden_at=None)
    if mine or written_to:
        yield from rows.filter(pk__in=rows.filter(mine | written_to).values("pk")).order_by("pk")


def _plain(each: Classes, row: Any, person: Person, names: "_Names", archive: zipfile.ZipFile) -> dict[str, Any]:
    """A row without secrets, and without words that tell about somebody else or were not written to this person."""
    told: dict[str, Any] = {}
    for field in row._meta.fields:
        if field.name in each.secret or not (field.name in each.fields or field.name in PLAIN):
            continue
        owner = each.personal.get(field.name)
        if owner is not None and not each.sees and _at(row, owner) != person.pk:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, FileField):
            value = _store(archive, row, value)
        elif isinstance(field, ForeignKey) and field.related_model is Person and value:
            value = {"id": value, "name": names.of(value)}
        told[field.name] = value
    return told


def _at(row: Model, path: str) -> UUID | None:
    """The key of the person at the end of a path."""
    thing: Any = row
    for step in path.split("__"):
        thing = getattr(thing, step, None)
    key: UUID | None = thing.pk if isinstance(thing, Model) else thing
    return key


def _store(archive: zipfile.ZipFile, row: Any, file: Any) -> str:
    if not file or not file.storage.exists(file.name):
        return ""
    name = f"files/{row.pk}-{NOT_IN_NAMES.sub('_', row.name)[-80:]}"
    with file.open() as content, archive.open(zipfile.ZipInfo(name), "w") as target:  # as it is, which is quick
        for part in content.chunks():
            target.write(part)
    return name


class _Names:
    """Names of people whom the reader sees; of others nothing."""

    def __init__(self, reader: Person) -> None:
        self.reader, self.known = reader, dict[UUID, str]()

    def of(self, key: UUID) -> str:
        if key not in self.known:
            found = Person.objects.visible_to(self.reader).filter(pk=key).first()
            self.known[key] = str(found) if found else ""
        return self.known[key]


def _index(person: Person, data: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    lists = [
        {"name": str(classes()[label].model._meta.verbose_name_plural), "label": label, "rows": rows}
        for label, rows in sorted(data.items())
    ]
    return {"person": person, "lists": lists, "language": translation.get_language()}
