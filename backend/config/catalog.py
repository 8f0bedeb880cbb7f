"""Collecting, checking and compiling the translations, with Babel: GNU gettext is not needed."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "backend" / "config" / "locale"
LANGUAGES = ("fr",)  # English is written in the code
SOURCES = ("backend", "graphql_schema", "dashboard")
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def po_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Every string marked for translation, with where it stands."""
    catalog = Catalog(project="eTwinning", charset="utf-8")
    for path, source in _sources():
        for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            catalog.add(message, locations=[(path, 1)], context=context)
    return catalog


def _sources() -> Iterator[tuple[str, str]]:
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield name, path.read_text()
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                yield name, templatize(path.read_text(), origin=name)


def read(language: str) -> Catalog:
    path = po_file(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Merge the collected strings into the language's file; translations stay, what is gone goes."""
    path = po_file(language)
    catalog = read(language) if path.exists() else Catalog(locale=language, charset="utf-8")
    catalog.project, catalog.version, catalog.header_comment = "eTwinning", "1", "# The eTwinning platform."
    catalog.copyright_holder = catalog.last_translator = catalog.language_team = "the eTwinning contributors"
    catalog.msgid_bugs_address, catalog.fuzzy = "", False
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, no_location=True, omit_header=False)
    return catalog


def compile_language(language: str) -> Path:
    target = po_file(language).with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(language))
    return target


def faults(language: str) -> list[str]:
    return faults_in(collect(), read(language))


def faults_in(collected: Catalog, translated: Catalog) -> list[str]:
    """A sentence for each string that is missing, not translated, or translated with other placeholders."""
    found = []
    for message in collected:
        if message.id:
            here = translated.get(message.id, context=message.context)
            fault = "is not in the file" if here is None else _fault(here)
            if fault:
                found.append(f"{translated.locale}: “{message.id}” {fault}.")
    return found


def _fault(message: Message) -> str:
    strings = list(message.string) if isinstance(message.string, list | tuple) else [message.string]
    if not all(strings) or message.fuzzy:
        return "is not translated"
    ids = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
    wanted = set(PLACEHOLDER.findall(str(ids[-1])))
    if any(not set(PLACEHOLDER.findall(str(s))) <= wanted for s in strings):
        return "is translated with other placeholders"
    return "" if wanted <= set(PLACEHOLDER.findall(str(strings[-1]))) else "has lost a placeholder"
