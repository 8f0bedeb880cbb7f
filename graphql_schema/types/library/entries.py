"""Entries of the library."""

from datetime import datetime
from typing import Annotated, Any

import strawberry_django
from django.db.models import Prefetch
from strawberry import argument, relay

from backend.library import models
from backend.library.permissions import can_write_entry
from backend.vocabulary.codes import Language as LanguageCode
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.accounts import PER_VIEWER
from graphql_schema.types.schools import Country, country_field
from graphql_schema.types.visible import Visible
from graphql_schema.types.vocabulary import Competence, Language, Subject
from graphql_schema.viewer import Info, viewer_of


def _texts(info: Any) -> Any:
    texts = models.LibraryText.objects.for_viewer(viewer_of(info)).select_related("language")
    return Prefetch("texts", texts, "loaded_texts")


@strawberry_django.type(models.LibraryText, description="An entry of the library in one language.")
class LibraryText(Visible, relay.Node):
    language: Language = strawberry_django.field(description="The language.")
    title: str = strawberry_django.field(description="The title.")
    summary: str = strawberry_django.field(description="In a few sentences.")
    text: str = strawberry_django.field(description="What it says.")
    aims: str = strawberry_django.field(description="What a project of this kit is for.")
    process: str = strawberry_django.field(description="How the work goes.")
    results: str = strawberry_django.field(description="What should come out.")
    tools: str = strawberry_django.field(description="What is used.")
    version: int = strawberry_django.field(description="The version; hand it back when editing.")


@strawberry_django.type(models.LibraryEntry, description="An article, a project kit or good practice.")
class LibraryEntry(Visible, relay.Node):
    kind: models.EntryKind = strawberry_django.field(description="What it is.")
    state: models.EntryState = strawberry_django.field(description="Whether everybody reads it.")
    slug: str = strawberry_django.field(description="Its name in addresses; it never changes.")
    country: Country | None = country_field(description="Whose agency wrote it; null for the central service.")
    subjects: list[Subject] = strawberry_django.field(description="Subjects it is about.")
    competences: list[Competence] = strawberry_django.field(description="Key competences it is about.")
    ages_from: int | None = strawberry_django.field(description="The youngest pupils' age, in years.")
    ages_to: int | None = strawberry_django.field(description="The oldest pupils' age, in years.")
    published_at: datetime | None = strawberry_django.field(description="When it was first published.")
    texts: list[LibraryText] = strawberry_django.field(description="It in every language there is.")

    @strawberry_django.field(
        description="It in the language asked for, else in the reader's, else in English, else as it was written.",
        only=["original"], prefetch_related=[_texts],
    )  # fmt: skip
    def text(
        self, info: Info, language: Annotated[LanguageCode | None, argument(description="A language.")] = None
    ) -> LibraryText:
        texts = getattr(self, "loaded_texts", None) or self.texts.all()  # a single entry comes without
        return models.in_language(texts, language or "", info.context.language, self.original_id)

    @strawberry_django.field(
        description="Whether the viewer may edit, publish and archive it.", only=["country"], metadata=PER_VIEWER
    )
    def viewer_can_edit(self, info: Info) -> bool:
        viewer = viewer_of(info)
        return viewer is not None and can_write_entry(viewer, self)
