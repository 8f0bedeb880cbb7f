"""The library."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import UNSET, argument

from backend.library import models
from backend.library.search import search_library
from backend.schools.countries import CountryCode
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.library.entries import LibraryEntry
from graphql_schema.viewer import Info, viewer_of


@strawberry.input(description="Criteria of entries; all that are given must hold.")
class LibraryFilter:
    kind: models.EntryKind | None = strawberry.field(default=None, description="What it is.")
    state: models.EntryState = strawberry.field(
        default=models.EntryState.PUBLISHED, description="Drafts and archived ones are for their agency."
    )
    words: str = strawberry.field(default="", description="Words in any language of it.")
    subjects: list[Subject] = strawberry.field(default_factory=list, description="Subjects, any of them.")
    age: int | None = strawberry.field(default=None, description="An age of pupils, in years.")
    language: Language | None = strawberry.field(default=None, description="Only what exists in this language.")
    country: CountryCode | None = strawberry.field(default=None, description="Only of this country's agency.")


@strawberry.input(one_of=True, description="Which entry: exactly one of these.")
class LibraryEntryKey:
    id: strawberry.ID | None = strawberry.field(default=UNSET, description="By its id.")
    slug: str | None = strawberry.field(default=UNSET, description="By its name in addresses.")


@strawberry.type
class LibraryQuery:
    @strawberry_django.connection(
        Connection[LibraryEntry], description="Articles, project kits and good practice, newest first."
    )
    def library(
        self,
        info: Info,
        filter: Annotated[LibraryFilter | None, argument(description="Criteria.")] = None,
    ) -> list[LibraryEntry]:
        visible = models.LibraryEntry.objects.for_viewer(viewer_of(info))
        return search_library(visible, **(vars(filter) if filter else {})).order_by("-id")

    @strawberry_django.field(description="One entry; null for who may not read it.")
    def library_entry(
        self, info: Info, by: Annotated[LibraryEntryKey, argument(description="Which one.")]
    ) -> LibraryEntry | None:
        if by.slug:
            return models.LibraryEntry.objects.for_viewer(viewer_of(info)).filter(slug=by.slug).first()
        return look_up(info, models.LibraryEntry, by.id or "")
