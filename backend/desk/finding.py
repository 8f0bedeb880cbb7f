"""One search over people, schools and projects, as an officer may see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from backend.accounts.models import Person, PersonKind
from backend.core.text import fold
from backend.projects.models import Project
from backend.projects.search import search_projects
from backend.schools.models import School
from backend.schools.search import search_schools

SHOWN = 10
SHORTEST = 2  # letters


@dataclass(frozen=True)
class Found:
    """The first of each kind, and whether there are more."""

    people: list[Person]
    schools: list[School]
    projects: list[Project]
    more: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.people or self.schools or self.projects)


def search_everything(officer: Person, words: str) -> Found:
    """Every word must be in the name; an e-mail address must be the whole one."""
    if len(fold(words)) < SHORTEST:
        return Found([], [], [], frozenset())
    rows: dict[str, QuerySet[Any]] = {
        "people": _people(officer, words).select_related("school").order_by("family_name", "given_name", "pk"),
        "schools": search_schools(School.objects.visible_to(officer), words=words).order_by("name", "pk"),
        "projects": search_projects(Project.objects.visible_to(officer), words=words).order_by("-pk"),
    }
    found = {name: list(queryset[: SHOWN + 1]) for name, queryset in rows.items()}
    more = frozenset(name for name, some in found.items() if len(some) > SHOWN)
    return Found(**{name: some[:SHOWN] for name, some in found.items()}, more=more)


def _people(officer: Person, words: str) -> QuerySet[Person]:
    staff = Person.objects.visible_to(officer).filter(kind=PersonKind.STAFF)
    if "@" in words:
        return staff.filter(officer.oversees.where("country", "school__region"), email__iexact=words.strip())
    for word in fold(words).split():
        staff = staff.filter(search_text__contains=word)
    return staff
