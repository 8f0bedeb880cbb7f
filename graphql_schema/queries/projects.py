"""Contacts and projects."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.core.text import fold
from backend.partners import models as partners
from backend.projects import models
from graphql_schema.lookup import look_up
from graphql_schema.types.connections import Connection
from graphql_schema.types.partners import ContactRequest
from graphql_schema.types.projects import Project, ProjectMember
from graphql_schema.viewer import Info, viewer_key, viewer_of


@strawberry.type
class ProjectsQuery:
    @strawberry_django.connection(Connection[ContactRequest], description="Contact requests sent and received.")
    def contacts(
        self,
        info: Info,
        state: Annotated[partners.ContactState | None, argument(description="Only in this state.")] = None,
    ) -> list[ContactRequest]:
        visible = partners.ContactRequest.objects.for_viewer(viewer_of(info))
        return (visible.filter(state=state) if state else visible).order_by("-id")

    @strawberry_django.field(description="A project; null for who may not see it.")
    def project(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> Project | None:
        return look_up(info, models.Project, id)

    @strawberry_django.connection(Connection[Project], description="Projects the viewer may see, newest first.")
    def projects(
        self,
        info: Info,
        state: Annotated[models.ProjectState | None, argument(description="Only in this state.")] = None,
        mine: Annotated[bool, argument(description="Only those the viewer is in or invited to.")] = False,
        country: Annotated[str, argument(description="Only with a member from this country.")] = "",
        words: Annotated[str, argument(description="Only with these words in the title.")] = "",
    ) -> list[Project]:
        found = models.Project.objects.for_viewer(viewer_of(info))
        if state:
            found = found.filter(state=state)
        members = models.ProjectMember.objects.filter(state__in=models.PRESENT)
        if mine:
            found = found.filter(pk__in=members.filter(person=viewer_key(info)).values("project"))
        if country:
            found = found.filter(pk__in=members.filter(country=country).values("project"))
        for word in fold(words).split():
            found = found.filter(title__icontains=word)
        return found.order_by("-id")

    @strawberry_django.connection(Connection[ProjectMember], description="Invitations that wait for the viewer.")
    def invitations(self, info: Info) -> list[ProjectMember]:
        mine = models.ProjectMember.objects.for_viewer(viewer_of(info)).filter(person=viewer_key(info))
        return mine.filter(state=models.ProjectMemberState.INVITED).order_by("-id")
