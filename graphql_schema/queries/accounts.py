"""Oneself, and people to work with."""

from datetime import date
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.accounts import models
from backend.core.ranking import SearchOrder
from backend.partners.search import best_matches, best_teachers, search_teachers
from backend.schools.countries import CountryCode
from backend.schools.models import SchoolType
from backend.vocabulary.codes import Language, Subject
from graphql_schema.types.accounts import Person, Viewer
from graphql_schema.types.connections import Connection
from graphql_schema.viewer import Info, actor_of, viewer_of


@strawberry.input(description="Criteria of a partner search; all that are given must hold.")
class TeacherFilter:
    words: str = strawberry.field(default="", description="Words in name, texts, school or town.")
    countries: list[CountryCode] = strawberry.field(default_factory=list, description="Countries, any of them.")
    region: str = strawberry.field(default="", description="The region of the school.")
    languages: list[Language] = strawberry.field(default_factory=list, description="Languages, any of them.")
    subjects: list[Subject] = strawberry.field(default_factory=list, description="Subjects, any of them.")
    age: int | None = strawberry.field(default=None, description="An age of pupils, in years.")
    ages_from: int | None = strawberry.field(default=None, description="Teaches pupils of this age or older.")
    ages_to: int | None = strawberry.field(default=None, description="Teaches pupils of this age or younger.")
    school_type: SchoolType | None = strawberry.field(default=None, description="The type of school.")
    role: models.StaffRole | None = strawberry.field(default=None, description="The role at school.")
    available: bool | None = strawberry.field(default=None, description="Whether they look for partners.")
    ambassador: bool | None = strawberry.field(default=None, description="Whether they are ambassadors.")
    active_since: date | None = strawberry.field(default=None, description="Only who was here since that day.")


@strawberry.type
class AccountsQuery:
    @strawberry.field(description="The signed-in person; null for a visitor.")
    def viewer(self, info: Info) -> Viewer | None:
        viewer = viewer_of(info)
        return Viewer(record=viewer) if viewer else None

    @strawberry_django.connection(
        Connection[Person],
        description="Partner search: validated staff. Without words, `BEST` is who has most `matchReasons`; where more than 2,000 fit, the newest.",
    )
    def teachers(
        self,
        info: Info,
        filter: Annotated[TeacherFilter | None, argument(description="Criteria.")] = None,
        order: Annotated[SearchOrder, argument(description="What comes first.")] = SearchOrder.BEST,
    ) -> list[Person]:
        criteria = {name: value for name, value in vars(filter).items() if value is not None} if filter else {}
        viewer = actor_of(info)
        seen = search_teachers(viewer, **criteria)
        if order == SearchOrder.NEWEST:
            return seen.order_by("-id")
        return best_teachers(seen, filter.words) if filter and filter.words else best_matches(seen, viewer)
