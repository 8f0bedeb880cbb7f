"""Searching among projects."""

from collections.abc import Collection
from uuid import UUID

from backend.core.text import fold
from backend.projects.models import PRESENT, Project, ProjectMember, ProjectQuerySet, ProjectState


def search_projects(
    found: ProjectQuerySet,
    *,
    person: UUID | None = None,
    state: ProjectState | None = None,
    country: str = "",
    words: str = "",
    languages: Collection[str] = (),
    subjects: Collection[str] = (),
    age: int | None = None,
) -> ProjectQuerySet:
    """Of the projects given, those that fit every criterion: a present member, words of the title, an age taught."""
    members = ProjectMember.objects.filter(state__in=PRESENT)
    if person:
        found = found.filter(pk__in=members.filter(person=person).values("project"))
    if state:
        found = found.filter(state=state)
    if country:
        found = found.filter(pk__in=members.filter(country=country).values("project"))
    if age is not None:
        found = found.filter(ages_from__lte=age, ages_to__gte=age)
    for field, codes in (("language", languages), ("subject", subjects)):
        if codes:
            links = getattr(Project, f"{field}s").through.objects.filter(**{f"{field}__in": codes})
            found = found.filter(pk__in=links.values("project"))
    for word in fold(words).split():
        found = found.filter(title__icontains=word)
    return found
