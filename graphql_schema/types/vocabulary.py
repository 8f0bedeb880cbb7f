"""Terms of the vocabulary with their translated labels."""

import strawberry
import strawberry_django

from backend.vocabulary import codes, models
from graphql_schema import choices  # noqa: F401  (registers the enums)

CODE = "The stable code."
LABEL = "The name in the reader's language."


@strawberry_django.type(models.Subject, description="A school subject.")
class Subject:
    code: codes.Subject = strawberry_django.field(description=CODE)

    @strawberry_django.field(description=LABEL, only=["code"])
    def label(self) -> str:
        return self.label


@strawberry_django.type(models.Language, description="A language.")
class Language:
    code: codes.Language = strawberry_django.field(description=CODE)

    @strawberry_django.field(description=LABEL, only=["code"])
    def label(self) -> str:
        return self.label


@strawberry_django.type(models.Competence, description="A key competence for lifelong learning.")
class Competence:
    code: codes.Competence = strawberry_django.field(description=CODE)

    @strawberry_django.field(description=LABEL, only=["code"])
    def label(self) -> str:
        return self.label


@strawberry.type(description="All codes that people and projects choose from.")
class Vocabulary:
    subjects: list[Subject] = strawberry.field(description="School subjects.")
    languages: list[Language] = strawberry.field(description="Languages of the participating countries.")
    competences: list[Competence] = strawberry.field(description="Key competences.")
