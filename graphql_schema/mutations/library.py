"""Writing in the library, and beginning a project with a kit."""

from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.accounts import models as accounts
from backend.library import actions, models
from backend.vocabulary.codes import Competence, Language, Subject
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import a_language, a_text, an_id, mutation, or_conflict, typed
from graphql_schema.types.library.entries import LibraryEntry
from graphql_schema.types.projects import Project, TextConflict
from graphql_schema.viewer import Info, actor_of


@strawberry.input(description="The words of an entry in one language; what is left out stays as it is.")
class LibraryWords:
    title: str | None = strawberry.field(default=UNSET, description="The title.")
    summary: str | None = strawberry.field(default=UNSET, description="In a few sentences.")
    text: str | None = strawberry.field(default=UNSET, description="What it says.")
    aims: str | None = strawberry.field(default=UNSET, description="Of a kit: what a project is for.")
    process: str | None = strawberry.field(default=UNSET, description="Of a kit: how the work goes.")
    results: str | None = strawberry.field(default=UNSET, description="Of a kit: what should come out.")
    tools: str | None = strawberry.field(default=UNSET, description="Of a kit: what is used.")


@strawberry.input(description="What an entry is about; what is left out stays as it is.")
class LibraryAbout:
    subjects: list[Subject] | None = strawberry.field(default=UNSET, description="Subjects.")
    competences: list[Competence] | None = strawberry.field(default=UNSET, description="Key competences.")
    ages_from: int | None = strawberry.field(default=UNSET, description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry.field(default=UNSET, description="The oldest pupils' age, in years.")


EntryId = an_id("The entry.")
InLanguage = a_language("The language.")
Words = Annotated[LibraryWords, argument(description="The words.")]
About = Annotated[LibraryAbout | None, argument(description="What it is about.")]
AGES = ("ages_from", "ages_to")


@strawberry.type
class LibraryMutation:
    @mutation("Begin an entry of the library: a draft of the own agency.")
    def draft_library_entry(
        self,
        info: Info,
        kind: Annotated[models.EntryKind, argument(description="What it is.")],
        language: InLanguage,
        words: Words,
        about: About = None,
    ) -> LibraryEntry:
        given = {**typed(vars(words)), **_about(about)}
        return actions.draft_library_entry(actor=actor_of(info), kind=kind, language=language, **given)

    @mutation("Add an entry's words in another language.")
    def translate_library_entry(
        self, info: Info, entry_id: EntryId, language: InLanguage, words: Words
    ) -> LibraryEntry:
        actor = actor_of(info)
        entry = find(info, models.LibraryEntry, entry_id, field="entry_id")
        return actions.translate_library_entry(entry, actor=actor, language=language, **typed(vars(words)))

    @mutation("Change an entry's words in one language, and what it is about. An old version gets both texts back.")
    def edit_library_entry(
        self,
        info: Info,
        entry_id: EntryId,
        language: InLanguage,
        expected_version: Annotated[int, argument(description="The version of the words that were edited.")],
        words: Words,
        about: About = None,
    ) -> LibraryEntry | TextConflict:
        actor = actor_of(info)
        entry = find(info, models.LibraryEntry, entry_id, field="entry_id")
        given = {**typed(vars(words)), **_about(about)}
        return or_conflict(
            lambda: actions.edit_library_entry(
                entry, actor=actor, language=language, expected_version=expected_version, **given
            )
        )

    @mutation("Publish an entry: from now on everybody reads it.")
    def publish_library_entry(self, info: Info, entry_id: EntryId) -> LibraryEntry:
        actor = actor_of(info)
        return actions.publish_library_entry(find(info, models.LibraryEntry, entry_id, field="entry_id"), actor=actor)

    @mutation("Put an entry into the archive.")
    def archive_library_entry(self, info: Info, entry_id: EntryId) -> LibraryEntry:
        actor = actor_of(info)
        return actions.archive_library_entry(find(info, models.LibraryEntry, entry_id, field="entry_id"), actor=actor)

    @mutation("Take an entry out of the archive.")
    def restore_library_entry(self, info: Info, entry_id: EntryId) -> LibraryEntry:
        actor = actor_of(info)
        return actions.restore_library_entry(find(info, models.LibraryEntry, entry_id, field="entry_id"), actor=actor)

    @mutation("Draft a project that says what a kit says.")
    def draft_project_from_kit(
        self,
        info: Info,
        kit_id: an_id("The kit."),
        partner_id: an_id("The other founder, a contact from another school."),
        title: a_text("A title of its own.") = "",
        language: Annotated[
            Language | None, argument(description="The kit's language to take; the own one if none.")
        ] = None,
    ) -> Project:
        actor = actor_of(info)
        kit = find(info, models.LibraryEntry, kit_id, field="kit_id")
        partner = find(info, accounts.Person, partner_id, field="partner_id")
        return actions.draft_project_from_kit(kit, actor=actor, partner=partner, title=title, language=language or "")


def _about(about: LibraryAbout | None) -> dict[str, object]:
    return typed(vars(about), nullable=AGES) if about else {}
