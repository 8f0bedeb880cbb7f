"""Writing, translating, publishing, archiving; and a project from a kit."""

import pytest

from backend.core.guards import TextConflict
from backend.library.actions import (
    archive_library_entry,
    draft_library_entry,
    draft_project_from_kit,
    edit_library_entry,
    publish_library_entry,
    restore_library_entry,
    translate_library_entry,
)
from backend.library.models import LibraryEntry, LibraryText
from backend.library.search import search_library
from backend.projects.models import Project
from tests.factories.library import entry, kit, published
from tests.factories.people import central, officer, teacher
from tests.factories.projects import contacts
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_who_reads_what() -> None:
    draft, shown = entry(), published(title="Shown")
    everybody = [None, teacher("FR"), officer("PL")]
    assert [list(LibraryEntry.objects.visible_to(reader)) for reader in everybody] == [[shown]] * 3
    for reader in (officer("FR"), officer("FR", role="VIEWER"), central()):
        assert set(LibraryEntry.objects.visible_to(reader)) == {draft, shown}
    archive_library_entry(shown, actor=officer("FR"))
    assert not LibraryText.objects.visible_to(None).exists()
    theirs = entry(actor=central())
    assert theirs.country is None
    assert not LibraryEntry.objects.visible_to(officer("FR")).filter(pk=theirs.pk).exists()


def test_who_writes() -> None:
    draft = entry()
    for actor in (teacher("FR"), officer("FR", role="VIEWER")):
        with refused("not_permitted"):
            draft_library_entry(actor=actor, kind="ARTICLE", language="en", title="Mine")
    for actor in (officer("PL"), officer("FR", role="VIEWER"), teacher("FR")):
        with refused("not_permitted"):
            publish_library_entry(draft, actor=actor)
    publish_library_entry(draft, actor=central())


def test_steps_in_their_order() -> None:
    desk, draft = officer("FR"), entry()
    with refused("entry_not_published"):
        archive_library_entry(draft, actor=desk)
    with refused("entry_not_archived"):
        restore_library_entry(draft, actor=desk)
    first = publish_library_entry(draft, actor=desk)
    with refused("entry_not_draft"):
        publish_library_entry(draft, actor=desk)
    archive_library_entry(draft, actor=desk)
    again = restore_library_entry(draft, actor=desk)
    assert (again.state, again.published_at) == ("PUBLISHED", first.published_at)


def test_what_cannot_be_written() -> None:
    for code, given in {
        "required": {"title": "  "},
        "too_long": {"title": "x" * 161},
        "code_unknown": {"language": "tlh"},
        "ages_reversed": {"ages_from": 9, "ages_to": 5},
        "only_kits": {"aims": "To be a project"},
    }.items():
        with refused(code):
            entry(**given)  # type: ignore[arg-type]
    assert not LibraryEntry.objects.exists()


def test_addresses_are_readable_and_differ() -> None:
    first, second, third = entry(title="Été à l’école"), entry(title="Été à l’école"), entry(title="Ω")
    assert first.slug == "ete-a-l-ecole"
    assert second.slug.startswith("ete-a-l-ecole-")
    assert len({first.slug, second.slug, third.slug}) == 3


def test_the_language_one_gets() -> None:
    desk, found = officer("FR"), published(language="fr", title="Bonjour")
    assert found.text_in("de").title == "Bonjour"
    translate_library_entry(found, actor=desk, language="en", title="Hello")
    with refused("translation_exists"):
        translate_library_entry(found, actor=desk, language="en", title="Hello")
    found = LibraryEntry.objects.get()
    assert [found.text_in(code).title for code in ("de", "fr", "en")] == ["Hello", "Bonjour", "Hello"]


def test_an_old_version_gets_both_texts_back() -> None:
    desk, found = officer("FR"), entry(summary="Old", subjects=["ART"])
    edit_library_entry(found, actor=desk, language="en", expected_version=1, summary="New", subjects=["MUSIC"])
    text = found.texts.get()
    assert (text.summary, text.version, text.search_text) == ("New", 2, "safe online new ask")
    assert [each.pk for each in found.subjects.all()] == ["MUSIC"]
    with pytest.raises(TextConflict) as conflict:
        edit_library_entry(found, actor=desk, language="en", expected_version=1, summary="Newer")
    assert (conflict.value.stored["summary"], conflict.value.typed["summary"]) == ("New", "Newer")
    with refused("translation_missing"):
        edit_library_entry(found, actor=desk, language="fr", expected_version=1, title="Non")


def test_search() -> None:
    article = published(title="Safe online", subjects=["INFORMATICS"], ages_from=6, ages_to=9)
    weather = kit(language="fr")
    entry(title="A draft")
    readable = LibraryEntry.objects.visible_to(officer("FR"))

    def found(**criteria: object) -> set[LibraryEntry]:
        return set(search_library(readable, **criteria))  # type: ignore[arg-type]

    assert found() == found(age=8) == found(country="FR") == {article, weather}
    assert found(kind="KIT") == found(language="fr") == found(words="MEASURE") == found(age=11) == {weather}
    assert found(subjects=["INFORMATICS"]) == found(words="online safe") == {article}
    assert [each.slug for each in search_library(readable, state="DRAFT")] == ["a-draft"]  # type: ignore[arg-type]


def test_a_project_from_a_kit() -> None:
    one, other, weather = teacher("FR", language="en"), teacher("PL"), kit()
    contacts(one, other)
    project = draft_project_from_kit(weather, actor=one, partner=other)
    assert (project.title, project.summary, project.aims, project.results) == (
        "Weather",
        "Measure.",
        "Compare.",
        "A map.",
    )
    assert (project.ages_from, project.ages_to, project.kit) == (8, 11, weather)
    assert [each.pk for each in project.subjects.all()] == ["GEOGRAPHY"]
    assert draft_project_from_kit(weather, actor=one, partner=other, title="Our weather").title == "Our weather"
    article = published(title="No kit")
    with refused("not_a_kit"):
        draft_project_from_kit(article, actor=one, partner=other)
    archive_library_entry(weather, actor=officer("FR"))
    weather.refresh_from_db()
    with refused("entry_not_published"):
        draft_project_from_kit(weather, actor=one, partner=other)
    assert Project.objects.count() == 2
