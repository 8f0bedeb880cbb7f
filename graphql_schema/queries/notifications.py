"""The inbox."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.notifications import models
from graphql_schema.types.connections import Connection
from graphql_schema.types.notifications import Notification
from graphql_schema.viewer import Info, viewer_of


@strawberry.type
class NotificationsQuery:
    @strawberry_django.connection(
        Connection[Notification], description="The viewer's inbox, newest first.", disable_optimization=True
    )
    def notifications(
        self, info: Info, unread: Annotated[bool, argument(description="Only what was not read.")] = False
    ) -> list[Notification]:
        inbox = models.Notification.objects.for_viewer(viewer_of(info)).with_subjects()
        return (inbox.filter(read_at=None) if unread else inbox).order_by("-id")
