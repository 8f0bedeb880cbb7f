"""Countries, the vocabulary, and schools."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.partners.permissions import can_search_partners
from backend.schools import models
from backend.schools.countries import CountryCode
from backend.schools.search import possible_duplicates, search_schools
from backend.vocabulary import models as terms
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.schools import Country, PossibleDuplicate, School, as_possible_duplicates
from graphql_schema.types.vocabulary import Vocabulary
from graphql_schema.viewer import Info, actor_of, viewer_of


@strawberry.type
class SchoolsQuery:
    @strawberry_django.field(description="The participating countries.")
    def countries(self) -> list[Country]:
        return models.Country.objects.filter(valid_to=None)

    @strawberry_django.field(description="All codes that people and projects choose from.")
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            subjects=list(terms.Subject.objects.all()),
            languages=list(terms.Language.objects.all()),
            competences=list(terms.Competence.objects.all()),
        )

    @strawberry_django.connection(Connection[School], description="Schools that may twin, and one's own proposals.")
    def schools(
        self,
        info: Info,
        words: Annotated[str, argument(description="Words in name and town.")] = "",
        country: Annotated[CountryCode | None, argument(description="A country.")] = None,
        region: Annotated[str, argument(description="A region.")] = "",
        type: Annotated[models.SchoolType | None, argument(description="A type of school.")] = None,
        state: Annotated[
            models.SchoolState | None,
            argument(description="In this state, as far as the viewer sees them; for officers above all."),
        ] = None,
        age: Annotated[int | None, argument(description="An age of its pupils, in years.")] = None,
        languages: Annotated[
            list[Language] | None, argument(description="One of its staff speaks any of them.")
        ] = None,
        subjects: Annotated[list[Subject] | None, argument(description="One of its staff teaches any of them.")] = None,
        available: Annotated[bool, argument(description="Only where somebody looks for partners.")] = False,
    ) -> list[School]:
        visible = models.School.objects.for_viewer(viewer_of(info))
        viewer = viewer_of(info)
        by_staff = {"languages": languages or (), "subjects": subjects or (), "available": available}
        found = search_schools(
            visible, words=words, country=country or "", region=region, type=type or "", state=state or "", age=age,
            **by_staff if viewer and can_search_partners(viewer) else {},
        )  # fmt: skip
        return found.order_by("id")

    @strawberry_django.field(
        description="A school; a merged one says which record goes on. Null for who may not see it."
    )
    def school(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> School | None:
        return look_up(info, models.School, id)

    @strawberry_django.field(
        description="Schools that may be the one somebody is about to propose, and why; best first."
    )
    def possible_duplicates(
        self,
        info: Info,
        name: Annotated[str, argument(description="The name.")],
        town: Annotated[str, argument(description="The town.")],
        official_number: Annotated[str, argument(description="The official number.")] = "",
    ) -> list[PossibleDuplicate]:
        actor = actor_of(info)
        found = possible_duplicates(
            name=name, town=town, country=actor.country_id or "", official_number=official_number.upper()
        )
        return as_possible_duplicates(info, found)
