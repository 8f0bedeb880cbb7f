"""Countries, the vocabulary, and schools."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import UNSET, argument

from backend.partners.permissions import can_search_partners
from backend.schools import models
from backend.schools.countries import CountryCode
from backend.schools.search import best_schools, duplicates_of, possible_duplicates, search_schools
from backend.vocabulary import models as terms
from backend.vocabulary.codes import Language, Subject
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.schools import Country, PossibleDuplicate, School, as_possible_duplicates, oversees
from graphql_schema.types.vocabulary import Vocabulary
from graphql_schema.viewer import Info, actor_of, viewer_of


@strawberry.input(description="A number in a country's official register of schools.")
class OfficialNumber:
    country: CountryCode = strawberry.field(description="The country.")
    number: str = strawberry.field(description="The number.")


@strawberry.input(one_of=True, description="Which school: exactly one of these.")
class SchoolKey:
    id: strawberry.ID | None = strawberry.field(default=UNSET, description="By its id.")
    official_number: OfficialNumber | None = strawberry.field(default=UNSET, description="By its official number.")


@strawberry.input(description="A school that somebody is about to propose in the own country.")
class SchoolProposal:
    name: str = strawberry.field(description="The name.")
    town: str = strawberry.field(description="The town.")
    official_number: str = strawberry.field(default="", description="The official number, if known.")


@strawberry.input(one_of=True, description="Of which school duplicates are looked for: exactly one of these.")
class DuplicatesOf:
    proposal: SchoolProposal | None = strawberry.field(
        default=UNSET, description="Of one that is about to be proposed: for everybody who is signed in."
    )
    school_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Of one that there is: for officers of its country."
    )


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

    @strawberry_django.connection(
        Connection[School], description="Schools that may twin, and one's own proposals; with words best first."
    )
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
        return best_schools(found, words) if words else found.order_by("id")

    @strawberry_django.field(
        description="A school; a merged one says which record goes on. Null for who may not see it."
    )
    def school(self, info: Info, by: Annotated[SchoolKey, argument(description="Which one.")]) -> School | None:
        if by.official_number:
            visible = models.School.objects.for_viewer(viewer_of(info))
            return visible.numbered(by.official_number.country, by.official_number.number).first()
        return look_up(info, models.School, by.id or "")

    @strawberry_django.field(description="Other records that may be the same school, and why; best first.")
    def possible_duplicates(
        self, info: Info, of: Annotated[DuplicatesOf, argument(description="Of which school.")]
    ) -> list[PossibleDuplicate]:
        actor = actor_of(info)
        if of.proposal:
            found = possible_duplicates(
                name=of.proposal.name, town=of.proposal.town, country=actor.country_id or "",
                official_number=of.proposal.official_number.upper(),
            )  # fmt: skip
        else:
            school = look_up(info, models.School, of.school_id or "")
            found = duplicates_of(school) if school and oversees(info, school) else []
        return as_possible_duplicates(info, found)
