"""Figures of a country: exact ones for its agency, published ones for everybody."""

from datetime import date, datetime

import strawberry
import strawberry_django
from strawberry import relay

from backend.monitoring import models
from backend.monitoring.statistics import Durations, Figures
from graphql_schema import choices  # noqa: F401
from graphql_schema.types.schools import Country, country_field
from graphql_schema.types.visible import Visible


@strawberry.type(description="A figure.")
class Figure:
    name: str = strawberry.field(description="Its name, such as `staff_total`, or the code it is counted for.")
    number: int | None = strawberry.field(description="How many; null where fewer than five are hidden.")


@strawberry.type(description="Projects opened in the period, counted by one thing.")
class FigureTable:
    name: str = strawberry.field(
        description="`partner_countries`, `subjects`, `languages`, `school_types` or `ages` (years, from-to)."
    )
    rows: list[Figure] = strawberry.field(description="A row for each code that occurs.")


@strawberry.type(description="How long something took, of all that came to an end in the period.")
class Duration:
    name: str = strawberry.field(
        description="`time_to_validate`, `time_to_approve`, `time_to_handle_report` or `time_to_decide_label`."
    )
    number: int = strawberry.field(description="Of how many.")
    median: float | None = strawberry.field(description="Hours; half took longer.")
    percentile_90: float | None = strawberry.field(description="Hours; a tenth took longer.")
    median_days: float | None = strawberry.field(description="Working days; half took longer.")
    percentile_90_days: float | None = strawberry.field(description="Working days; a tenth took longer.")


@strawberry.type(description="The exact figures of one country over a period: what a period report is made of.")
class Statistics:
    since: date = strawberry.field(description="The first day.")
    until: date = strawberry.field(description="The last day.")
    counts: list[Figure] = strawberry.field(
        description="`…_new`, `projects_started`, labels, posts, updates, files, active workspaces and reports are of the period; "
        "the others are as of now. `staff_rank` is the place among the countries by staff."
    )
    tables: list[FigureTable] = strawberry.field(description="Projects opened in the period.")
    durations: list[Duration] = strawberry.field(description="How long people and projects waited.")

    @classmethod
    def of(cls, found: Figures) -> "Statistics":
        return cls(
            since=found.period.since,
            until=found.period.until,
            counts=figures_of(found.counts),
            tables=tables_of(found.tables),
            durations=[_duration(name, each) for name, each in found.durations.items()],
        )


@strawberry_django.type(
    models.Publication, description="Figures that a country has published. Fewer than five are hidden."
)
class Publication(Visible, relay.Node):
    country: Country = country_field(description="The country.")
    since: date = strawberry_django.field(description="The first day of the period.")
    until: date = strawberry_django.field(description="The last day of the period.")
    created_at: datetime = strawberry_django.field(description="When it was published.")
    withdrawn_at: datetime | None = strawberry_django.field(description="When it was withdrawn.")

    @strawberry_django.field(description="Staff, schools, projects and labels.", only=["counts"])
    def counts(self) -> list[Figure]:
        return figures_of(self.counts)

    @strawberry_django.field(description="Projects opened in the period.", only=["tables"])
    def tables(self) -> list[FigureTable]:
        return tables_of(self.tables)


def figures_of(counts: dict[str, int] | dict[str, int | None]) -> list[Figure]:
    return [Figure(name=name, number=number) for name, number in counts.items()]


def tables_of(tables: dict[str, dict[str, int]] | dict[str, dict[str, int | None]]) -> list[FigureTable]:
    return [FigureTable(name=name, rows=figures_of(rows)) for name, rows in tables.items()]


def _duration(name: str, of: Durations) -> Duration:
    return Duration(
        name=name, number=of.number, median=of.median, percentile_90=of.percentile_90, median_days=of.median_days,
        percentile_90_days=of.percentile_90_days,
    )  # fmt: skip
