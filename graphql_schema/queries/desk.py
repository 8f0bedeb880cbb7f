"""An officer's desk: what waits in the countries they answer for."""

from typing import Annotated, Any

import strawberry
import strawberry_django
from strawberry import argument

from backend.accounts.models import Person as PersonRow
from backend.agencies.permissions import appointment
from backend.labels.models import LabelApplication as LabelApplicationRow
from backend.moderation.models import HelpRequest as HelpRequestRow
from backend.moderation.models import Report as ReportRow
from backend.monitoring import queues
from backend.projects.models import HandOver as HandOverRow
from backend.projects.models import Project as ProjectRow
from backend.schools.countries import CountryCode
from backend.schools.models import School as SchoolRow
from graphql_schema.types.accounts import Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.labels import LabelApplication
from graphql_schema.types.live.desk import Queue, queue_of
from graphql_schema.types.moderation import HelpRequest, Report
from graphql_schema.types.project_life import HandOver
from graphql_schema.types.projects import Project
from graphql_schema.types.schools import School
from graphql_schema.viewer import Info, viewer_of

COUNTRY = Annotated[CountryCode | None, argument(description="Only of this country, for who answers for several.")]
OVERDUE = Annotated[bool, argument(description="Only what should have been decided already.")]


@strawberry.type(description="An officer's desk: what waits in the countries they answer for.")
class Desk:
    officer: strawberry.Private[PersonRow]

    @strawberry_django.field(description="People to validate.")
    def people(self) -> Queue:
        return queue_of(queues.people_waiting(self.officer))

    @strawberry_django.field(description="Schools to validate.")
    def schools(self) -> Queue:
        return queue_of(queues.schools_waiting(self.officer))

    @strawberry_django.field(description="Projects to decide on, one for each side that waits.")
    def projects(self) -> Queue:
        return queue_of(queues.decisions_waiting(self.officer))

    @strawberry_django.field(description="Founders' places to be handed over, to confirm or to refuse.")
    def hand_overs(self) -> Queue:
        return queue_of(queues.hand_overs_waiting(self.officer))

    @strawberry_django.field(description="Reports to decide.")
    def reports(self) -> Queue:
        return queue_of(queues.reports_waiting(self.officer))

    @strawberry_django.field(description="Applications for the quality label to assess or decide.")
    def labels(self) -> Queue:
        return queue_of(queues.labels_waiting(self.officer))

    @strawberry_django.field(description="Questions to answer.")
    def help(self) -> Queue:
        return queue_of(queues.help_waiting(self.officer))

    @strawberry_django.connection(Connection[Person], description="The people who wait, due first first.")
    def waiting_people(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[Person]:
        waiting = queues.narrowed(queues.people_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, PersonRow, waiting)

    @strawberry_django.connection(Connection[School], description="The schools that wait, due first first.")
    def waiting_schools(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[School]:
        waiting = queues.narrowed(queues.schools_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, SchoolRow, waiting)

    @strawberry_django.connection(Connection[Project], description="The projects that wait, longest waiting first.")
    def waiting_projects(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[Project]:
        waiting = queues.narrowed(queues.decisions_waiting(self.officer), country=country or "", overdue=overdue)
        found = ProjectRow.objects.for_viewer(viewer_of(info)).filter(pk__in=waiting.values("project"))
        return found.order_by("state_since", "id")

    @strawberry_django.connection(Connection[HandOver], description="The hand-overs that wait, due first first.")
    def waiting_hand_overs(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[HandOver]:
        waiting = queues.narrowed(queues.hand_overs_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, HandOverRow, waiting)

    @strawberry_django.connection(Connection[Report], description="The reports that wait, due first first.")
    def waiting_reports(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[Report]:
        waiting = queues.narrowed(queues.reports_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, ReportRow, waiting)

    @strawberry_django.connection(
        Connection[LabelApplication], description="The applications that wait, due first first."
    )
    def waiting_labels(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[LabelApplication]:
        waiting = queues.narrowed(queues.labels_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, LabelApplicationRow, waiting)

    @strawberry_django.connection(Connection[HelpRequest], description="The questions that wait, due first first.")
    def waiting_help(self, info: Info, country: COUNTRY = None, overdue: OVERDUE = False) -> list[HelpRequest]:
        waiting = queues.narrowed(queues.help_waiting(self.officer), country=country or "", overdue=overdue)
        return _due_first(info, HelpRequestRow, waiting)


def _due_first(info: Info, model: Any, waiting: Any) -> Any:
    return model.objects.for_viewer(viewer_of(info)).filter(pk__in=waiting.values("pk")).order_by("due_at", "id")


@strawberry.type
class DeskQuery:
    @strawberry.field(description="The officer's desk; null for who is no officer.")
    def desk(self, info: Info) -> Desk | None:
        viewer = viewer_of(info)
        return Desk(officer=viewer) if viewer and appointment(viewer) else None
