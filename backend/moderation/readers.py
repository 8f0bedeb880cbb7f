"""Who is told what happens: officers of a country, teachers of a workspace."""

from collections.abc import Iterable
from uuid import UUID

from backend.agencies.models import Officer
from backend.moderation.models import Sanction
from backend.workspaces.models import WorkspaceMembership


def officers_of(country: str | None) -> Iterable[UUID]:
    """Those who decide for a country; for none, those of the central service."""
    return Officer.objects.deciders_of(country).values_list("person_id", flat=True)


def parts_in(sanction: Sanction) -> set[UUID | None]:
    """Who decided, confirmed or reported, and whom it is about: none of them decides an appeal."""
    return {sanction.issued_by_id, sanction.confirmed_by_id, sanction.person_id, sanction.report.reporter_id}


def teachers_of(workspace_id: UUID) -> Iterable[UUID]:
    """The staff of a workspace."""
    teachers = WorkspaceMembership.objects.teachers().filter(workspace=workspace_id)
    return teachers.values_list("person_id", flat=True)
