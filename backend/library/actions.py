"""Writing, translating and publishing entries, and beginning a project with a kit."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.core.text import fold, tidy, tidy_lines
from backend.eventlog.record import record
from backend.library import events
from backend.library.models import EntryKind, EntryState, LibraryEntry, LibraryText
from backend.library.permissions import can_draft_entry, can_write_entry
from backend.projects.actions.drafting import draft_project
from backend.projects.models import Project
from backend.vocabulary.models import Language

TEXT_LIMIT = 100_000
FOR_KITS = ("aims", "process", "results", "tools")
TEXTS = ("title", "summary", "text", *FOR_KITS)
LINKS = ("subjects", "competences")
NOT_SO = {
    EntryState.DRAFT: "entry_not_draft",
    EntryState.PUBLISHED: "entry_not_published",
    EntryState.ARCHIVED: "entry_not_archived",
}
ABOUT = (*LINKS, "ages_from", "ages_to")


@transaction.atomic
def draft_library_entry(*, actor: Person, kind: str, language: str, **given: Any) -> LibraryEntry:
    """A draft of the actor's agency, in its first language."""
    allow(can_draft_entry(actor))
    fields.check_codes("kind", [kind], EntryKind.values)
    about, texts = _parted(given)
    fields.require(title=tidy(texts.get("title", "")))
    entry = LibraryEntry(kind=kind, country_id=actor.country_id, slug=_free_slug(texts["title"]))
    entry.original_id = _known(language)
    entry.save(force_insert=True)
    _write_about(entry, about)
    _write_text(LibraryText(entry=entry, language_id=language), texts, actor)
    record(events.EntryDrafted(entry), actor=actor)
    return entry


@transaction.atomic
def translate_library_entry(entry: LibraryEntry, *, actor: Person, language: str, **texts: str) -> LibraryEntry:
    """The same in another language; readers get it at once where the entry is published."""
    entry = LibraryEntry.objects.lock(entry)
    allow(can_write_entry(actor, entry))
    ensure(not entry.texts.filter(language=_known(language)).exists(), "translation_exists", field="language")
    _write_text(LibraryText(entry=entry, language_id=language), texts, actor)
    record(events.EntryTranslated(entry), actor=actor)
    return entry


@transaction.atomic
def edit_library_entry(
    entry: LibraryEntry, *, actor: Person, language: str, expected_version: int, **given: Any
) -> LibraryEntry:
    """Change one language's text, and what the entry is about; who edits an old version gets both texts back."""
    entry = LibraryEntry.objects.lock(entry)
    allow(can_write_entry(actor, entry))
    text = entry.texts.filter(language=language).first()
    ensure(text is not None, "translation_missing", field="language")
    assert text
    about, typed = _parted(given)
    stored = {name: getattr(text, name) for name in TEXTS}
    ensure_version(expected_version, text.version, stored=stored, typed={**stored, **typed})
    _write_about(entry, about)
    if typed:
        text.version += 1
        _write_text(text, typed, actor)
    record(events.EntryEdited(entry), actor=actor)
    return entry


@transaction.atomic
def publish_library_entry(entry: LibraryEntry, *, actor: Person) -> LibraryEntry:
    """From now on everybody reads it."""
    return _move(entry, actor, EntryState.DRAFT, EntryState.PUBLISHED, events.EntryPublished)


@transaction.atomic
def archive_library_entry(entry: LibraryEntry, *, actor: Person) -> LibraryEntry:
    """Out of date: nobody finds it any more, and nothing is lost."""
    return _move(entry, actor, EntryState.PUBLISHED, EntryState.ARCHIVED, events.EntryArchived)


@transaction.atomic
def restore_library_entry(entry: LibraryEntry, *, actor: Person) -> LibraryEntry:
    """Published again."""
    return _move(entry, actor, EntryState.ARCHIVED, EntryState.PUBLISHED, events.EntryRestored)


@transaction.atomic
def draft_project_from_kit(
    kit: LibraryEntry, *, actor: Person, partner: Person, language: str = "", title: str = ""
) -> Project:
    """A draft that says what the kit says; from there on it is the founders' own."""
    ensure(kit.kind == EntryKind.KIT, "not_a_kit", field="kit_id")
    ensure(kit.state == EntryState.PUBLISHED, "entry_not_published", field="kit_id")
    text = kit.text_in(language or actor.language)
    values: dict[str, Any] = {name: getattr(text, name) for name in ("summary", *FOR_KITS)}
    values |= {name: [each.pk for each in getattr(kit, name).all()] for name in LINKS}
    project = draft_project(
        actor=actor, partner=partner, title=title or text.title, languages=[text.language_id],
        ages_from=kit.ages_from, ages_to=kit.ages_to, **values,
    )  # fmt: skip
    change(project, kit=kit)
    return project


def _move(
    entry: LibraryEntry, actor: Person, before: EntryState, after: EntryState, fact: type[events.EntryFact]
) -> LibraryEntry:
    entry = LibraryEntry.objects.lock(entry)
    allow(can_write_entry(actor, entry))
    ensure(entry.state == before, NOT_SO[before])
    change(entry, state=after, published_at=entry.published_at or clock.now())
    record(fact(entry), actor=actor)
    return entry


def _parted(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What is given about the entry, and its words."""
    unknown = set(given) - {*ABOUT, *TEXTS}
    assert not unknown, f"not part of an entry: {sorted(unknown)}"
    return {k: v for k, v in given.items() if k in ABOUT}, {k: v for k, v in given.items() if k in TEXTS}


def _write_about(entry: LibraryEntry, about: dict[str, Any]) -> None:
    ages = {name: about.get(name, getattr(entry, name)) for name in ("ages_from", "ages_to")}
    fields.check_ages(ages["ages_from"], ages["ages_to"])
    change(entry, **ages)
    for name in LINKS:
        codes: Iterable[str] | None = about.get(name)
        if codes is not None:
            links = getattr(entry, name)
            fields.check_codes(name, codes, links.model.objects.values_list("pk", flat=True))
            links.set(codes)


def _write_text(text: LibraryText, typed: dict[str, str], author: Person) -> None:
    ensure(text.entry.kind == EntryKind.KIT or not any(typed.get(n) for n in FOR_KITS), "only_kits", field="aims")
    for name, value in typed.items():
        setattr(text, name, tidy(value) if name == "title" else tidy_lines(value))
        fields.limit(160 if name == "title" else TEXT_LIMIT, **{name: getattr(text, name)})
    fields.require(title=text.title)
    text.written_by = author
    text.search_text = fold(" ".join(getattr(text, name) for name in TEXTS))
    text.save()


def _known(language: str) -> str:
    fields.check_codes("language", [language], Language.objects.values_list("pk", flat=True))
    return language


def _free_slug(title: str) -> str:
    """The title's words; with something added where they are taken, or cannot be written in an address."""
    slug = slugify(fold(title))[:60].strip("-")
    if not slug or LibraryEntry.objects.filter(slug=slug).exists():
        slug = f"{slug or 'entry'}-{secrets.token_hex(4)}"
    return slug
