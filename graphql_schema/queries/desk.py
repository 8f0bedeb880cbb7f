"""An officer's queues, and who works with whom."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.accounts.models import Person as PersonRow
from backend.agencies.permissions import appointment
from backend.monitoring import partnerships as pairs
from backend.monitoring import queues
from backend.projects.models import Project as ProjectRow
from graphql_schema.types.accounts import Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.live.desk import Partnership, Queue
from graphql_schema.types.projects import Project
from graphql_schema.viewer import Info, viewer_of


@strawberry.type(description="An officer's desk: what waits in the countries they answer for.")
class Desk:
    officer: strawberry.Private[PersonRow]

    @strawberry_django.field(description="People to validate.")
    def people(self) -> Queue:
        return Queue(**vars(queues.backlog(queues.people_waiting(self.officer))))

    @strawberry_django.field(description="Projects to decide on, one for each side that waits.")
    def projects(self) -> Queue:
        return Queue(**vars(queues.backlog(queues.decisions_waiting(self.officer))))

    @strawberry_django.connection(Connection[Person], description="The people who wait, due first first.")
    def waiting_people(self, info: Info) -> list[Person]:
        waiting = PersonRow.objects.for_viewer(viewer_of(info)).filter(
            pk__in=PersonRow.objects.waiting_for(self.officer)
        )
        return waiting.order_by("due_at", "id")

    @strawberry_django.connection(Connection[Project], description="The projects that wait, longest waiting first.")
    def waiting_projects(self, info: Info) -> list[Project]:
        waiting = ProjectRow.objects.waiting_for(self.officer)
        return ProjectRow.objects.for_viewer(viewer_of(info)).filter(pk__in=waiting).order_by("state_since", "id")


@strawberry.type
class DeskQuery:
    @strawberry.field(description="The officer's desk; null for who is no officer.")
    def desk(self, info: Info) -> Desk | None:
        viewer = viewer_of(info)
        return Desk(officer=viewer) if viewer and appointment(viewer) else None

    @strawberry_django.field(description="Which countries work together: for officers, pairs with a country of theirs.")
    def partnerships(
        self, info: Info, country: Annotated[str, argument(description="Only pairs with this country.")] = ""
    ) -> list[Partnership]:
        viewer = viewer_of(info)
        if viewer is None or not viewer.oversees:
            return []
        found = [p for p in pairs.partnerships(viewer) if not country or country in (p.one, p.other)]
        return [
            Partnership(
                country=p.one,
                partner_country=p.other,
                projects=p.total,
                open_projects=p.open,
                waiting_projects=p.waiting,
            )
            for p in found
        ]
