"""One search over people, schools and projects, as an officer may see them."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet

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
    """Every word must be in the name or text; an e-mail address must be the whole one. Where many fit the newest are
    shown: by any other order all would be read."""
    if len(fold(words)) < SHORTEST:
        return Found([], [], [], frozenset())
    names, theirs = attrgetter("family_name", "given_name", "pk"), officer.oversees.where("country", "region")
    schools = search_schools(School.objects.visible_to(officer), words=words)
    projects = search_projects(Project.objects.visible_to(officer), words=words)
    is_address = "@" in words  # nothing else has one
    found = {
        "people": _people(officer, words),
        "schools": [] if is_address else _nearest(schools, theirs),
        "projects": [] if is_address else _newest(projects),
    }
    more = frozenset(name for name, some in found.items() if len(some) > SHOWN)
    return Found(
        sorted(found["people"][:SHOWN], key=names),
        sorted(found["schools"][:SHOWN], key=attrgetter("name", "pk")),
        found["projects"][:SHOWN],
        more,
    )


def _newest(found: QuerySet[Any], *, but: int = 0) -> list[Any]:
    return list(found.order_by("-pk")[: SHOWN + 1 - but])


def _people(officer: Person, words: str) -> list[Person]:
    """Their own before those abroad, whom they see through projects: of these each one costs a look at its projects."""
    theirs = officer.oversees.where("country", "school__region")
    staff = Person.objects.visible_to(officer).filter(kind=PersonKind.STAFF).select_related("school")
    if "@" in words:
        return _newest(staff.filter(theirs, email__iexact=words.strip()))
    for word in fold(words).split():
        staff = staff.filter(search_text__contains=word)
    return _nearest(staff, theirs)


def _nearest(found: QuerySet[Any], theirs: Q) -> list[Any]:
    """The officer's own first, then those abroad as far as there is room."""
    own = _newest(found.filter(theirs))
    return own + _newest(found.exclude(theirs), but=len(own)) if len(own) <= SHOWN else own
