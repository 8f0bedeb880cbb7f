"""Who works with whom, how projects are doing, figures, and what happened: for agencies; published figures for all."""

from datetime import date
from typing import Annotated

import strawberry
import strawberry_django
from strawberry import argument

from backend.monitoring import models
from backend.monitoring import partnerships as pairs
from backend.monitoring.activity import trail
from backend.monitoring.permissions import can_read_statistics
from backend.monitoring.projects import Condition, monitored
from backend.monitoring.statistics import Period, check_period, figures
from backend.projects.models import Project as ProjectRow
from backend.schools.countries import CountryCode
from graphql_schema.lookup import any_key
from graphql_schema.types.connections import Connection
from graphql_schema.types.live.desk import Partnership
from graphql_schema.types.live.history import Event
from graphql_schema.types.projects import Project
from graphql_schema.types.support.statistics import Publication, Statistics
from graphql_schema.viewer import Info, actor_of, viewer_of

SINCE = Annotated[date | None, argument(description="The first day.")]
UNTIL = Annotated[date | None, argument(description="The last day.")]
CODE = argument(description="The country.")


@strawberry.type
class SupportQuery:
    @strawberry_django.field(
        description="Which countries work together: for officers, pairs with a country of theirs. The days are those on "
        "which projects were drafted."
    )
    def partnerships(
        self,
        info: Info,
        country: Annotated[CountryCode | None, argument(description="Only pairs with this country.")] = None,
        since: SINCE = None,
        until: UNTIL = None,
    ) -> list[Partnership]:
        viewer = viewer_of(info)
        if viewer is None or not viewer.oversees:
            return []
        found = pairs.partnerships(viewer, since=since, until=until)
        return [
            Partnership(
                country=CountryCode(p.one),
                partner_country=CountryCode(p.other),
                projects=p.total,
                open_projects=p.open,
                waiting_projects=p.waiting,
            )
            for p in found
            if not country or country in (p.one, p.other)
        ]

    @strawberry_django.connection(
        Connection[Project], description="The projects counted for a pair of countries, newest first: for officers."
    )
    def partnership_projects(
        self,
        info: Info,
        country: Annotated[CountryCode, CODE],
        partner_country: Annotated[CountryCode, argument(description="The other; the same for national projects.")],
        since: SINCE = None,
        until: UNTIL = None,
    ) -> list[Project]:
        viewer = viewer_of(info)
        seen = ProjectRow.objects.for_viewer(viewer)
        if viewer is None or not viewer.oversees:
            return seen.none()
        counted = pairs.projects_between(viewer, country, partner_country, since=since, until=until)
        return seen.filter(pk__in=counted.order_by().values("pk")).order_by("-id")

    @strawberry_django.connection(
        Connection[Project], description="Open projects and how they are doing, longest open first: for officers."
    )
    def monitored_projects(
        self,
        info: Info,
        condition: Annotated[Condition | None, argument(description="Only those doing so.")] = None,
        country: Annotated[CountryCode | None, argument(description="Only with a founder from this country.")] = None,
    ) -> list[Project]:
        viewer = viewer_of(info)
        seen = ProjectRow.objects.for_viewer(viewer)
        if viewer is None or not viewer.oversees:
            return seen.none()
        return seen.filter(pk__in=monitored(viewer, condition, country=country or "").values("pk")).order_by(
            "state_since", "id"
        )

    @strawberry_django.field(
        description="The exact figures of a country over a period, for its agency: what a period report is made of; "
        "null for everybody else."
    )
    def statistics(
        self,
        info: Info,
        country: Annotated[CountryCode, CODE],
        since: Annotated[date, argument(description="The first day.")],
        until: Annotated[date, argument(description="The last day.")],
    ) -> Statistics | None:
        if not can_read_statistics(actor_of(info), country):
            return None
        check_period(period := Period(since, until))
        return Statistics.of(figures(country, period))

    @strawberry_django.field(description="What a country has published last; null if nothing.")
    def public_statistics(self, info: Info, country: Annotated[CountryCode, CODE]) -> Publication | None:
        return models.Publication.objects.for_viewer(viewer_of(info)).shown_by(country)

    @strawberry_django.connection(
        Connection[Event], description="What happened in an officer's countries, newest first; empty for others."
    )
    def audit_trail(
        self,
        info: Info,
        actor_id: Annotated[strawberry.ID | None, argument(description="Only what this person did.")] = None,
        subject_id: Annotated[strawberry.ID | None, argument(description="Only what happened to this thing.")] = None,
        kinds: Annotated[list[str] | None, argument(description="Only these kinds of events.")] = None,
        country: Annotated[CountryCode | None, argument(description="Only what concerns this country.")] = None,
        since: SINCE = None,
        until: UNTIL = None,
    ) -> list[Event]:
        viewer = viewer_of(info)
        found = trail(
            viewer, actor=any_key(actor_id), subject=any_key(subject_id), kinds=kinds or (), country=country or "",
            since=since, until=until,
        )  # fmt: skip
        return found.for_viewer(viewer).with_subjects().order_by("-id")
