"""Searching among projects."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Length

from backend.core.ranking import best_by_text
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
    competences: Collection[str] = (),
    age: int | None = None,
    region: str = "",
    school_type: str = "",
) -> ProjectQuerySet:
    """Of the projects given, those that fit every criterion: a present member, words of title and summary, an age
    taught; country, region and type are those of one and the same member's school."""
    members = ProjectMember.objects.filter(state__in=PRESENT)
    if person:
        found = found.filter(pk__in=members.filter(person=person).values("project"))
    if state:
        found = found.filter(state=state)
    places = {"country": country, "school__region": region, "school__type": school_type}
    wanted = {field: value for field, value in places.items() if value}
    if wanted:
        found = found.filter(pk__in=members.filter(**wanted).values("project"))
    if age is not None:
        found = found.filter(ages_from__lte=age, ages_to__gte=age)
    for field, codes in (("language", languages), ("subject", subjects), ("competence", competences)):
        if codes:
            links = getattr(Project, f"{field}s").through.objects.filter(**{f"{field}__in": codes})
            found = found.filter(pk__in=links.values("project"))
    for word in fold(words).split():
        found = found.filter(search_text__contains=word)
    return found


def best_projects(found: ProjectQuerySet, words: str) -> QuerySet[Project]:
    """Those whose titles hold the words, then those whose summaries do."""
    return best_by_text(found, fold(words).split(), head=Length("title"))
