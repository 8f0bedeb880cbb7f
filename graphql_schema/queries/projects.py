"""Projects."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.core.ranking import SearchOrder
from backend.projects import models
from backend.projects.search import best_projects, search_projects
from backend.schools.countries import CountryCode
from backend.schools.models import SchoolType
from backend.vocabulary.codes import Competence, Language, Subject
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import HandOver, Project, ProjectMember
from graphql_schema.viewer import Info, viewer_key, viewer_of


@strawberry.type
class ProjectsQuery:
    @strawberry_django.field(description="A project; null for who may not see it.")
    def project(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> Project | None:
        return look_up(info, models.Project, id)

    @strawberry_django.connection(Connection[Project], description="Projects the viewer may see.")
    def projects(
        self,
        info: Info,
        state: Annotated[models.ProjectState | None, argument(description="Only in this state.")] = None,
        mine: Annotated[bool, argument(description="Only those the viewer is in or invited to.")] = False,
        country: Annotated[CountryCode | None, argument(description="Only with a member from this country.")] = None,
        words: Annotated[str, argument(description="Only with these words in title or summary.")] = "",
        languages: Annotated[list[Language] | None, argument(description="Languages, any of them.")] = None,
        subjects: Annotated[list[Subject] | None, argument(description="Subjects, any of them.")] = None,
        age: Annotated[int | None, argument(description="An age of pupils, in years.")] = None,
        competences: Annotated[list[Competence] | None, argument(description="Key competences, any of them.")] = None,
        region: Annotated[str, argument(description="Only with a member's school in this region.")] = "",
        school_type: Annotated[SchoolType | None, argument(description="Only with a school of this type.")] = None,
        order: Annotated[SearchOrder, argument(description="What comes first.")] = SearchOrder.BEST,
    ) -> list[Project]:
        found = search_projects(
            models.Project.objects.for_viewer(viewer_of(info)), person=viewer_key(info) if mine else None, state=state,
            country=country or "", words=words, languages=languages or (), subjects=subjects or (), age=age,
            competences=competences or (), region=region, school_type=school_type or "",
        )  # fmt: skip
        if words and order == SearchOrder.BEST:
            return best_projects(found, words)
        return found.order_by("-id")

    @strawberry_django.connection(
        Connection[HandOver],
        description="Hand-overs of founders' places: of the viewer's projects, or for an officer's country to confirm; "
        "newest first.",
    )
    def hand_overs(
        self,
        info: Info,
        state: Annotated[models.HandOverState | None, argument(description="Only in this state.")] = None,
    ) -> list[HandOver]:
        visible = models.HandOver.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("-id")

    @strawberry_django.connection(Connection[ProjectMember], description="Invitations that wait for the viewer.")
    def invitations(self, info: Info) -> list[ProjectMember]:
        mine = models.ProjectMember.objects.for_viewer(viewer_of(info)).filter(person=viewer_key(info))
        return mine.filter(state=models.ProjectMemberState.INVITED).order_by("-id")
