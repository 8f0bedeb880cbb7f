"""What waits for an officer, and who works with whom."""

from datetime import datetime
from typing import Any

import strawberry
from django.db.models import QuerySet

from backend.monitoring.queues import backlog
from backend.schools.countries import CountryCode
from graphql_schema.types.accounts import Person
from graphql_schema.types.connections import Connection
from graphql_schema.types.projects import Project


@strawberry.type(description="One of an officer's queues.")
class Queue:
    waiting: int = strawberry.field(description="How many wait; counting stops at 1,001.")
    overdue: int = strawberry.field(description="How many of them should have been decided; counting stops at 1,001.")
    oldest: datetime | None = strawberry.field(description="When the one due first is or was due.")


def queue_of(waiting: QuerySet[Any]) -> Queue:
    return Queue(**vars(backlog(waiting)))


@strawberry.type(description="Two countries and the projects between them.")
class Partnership:
    country: CountryCode = strawberry.field(description="One country.")
    partner_country: CountryCode = strawberry.field(description="The other; the same for national projects.")
    projects: int = strawberry.field(description="Projects that were sent for approval at least.")
    open_projects: int = strawberry.field(description="Those that are open.")
    waiting_projects: int = strawberry.field(description="Those that wait for approval.")


__all__ = ["Connection", "Partnership", "Person", "Project", "Queue", "queue_of"]
