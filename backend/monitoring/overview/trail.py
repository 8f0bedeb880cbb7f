"""Searching the audit trail by words: who did it, and whom or what it is about."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.models import Person
from backend.core.text import fold
from backend.eventlog.models import EventQuerySet
from backend.monitoring.activity import trail
from backend.projects.models import Project
from backend.schools.models import School

MATCHES = 200  # of each kind of thing; more words find fewer


def search_trail(
    officer: Person,
    *,
    kind: str = "",
    actor: str = "",
    subject: str = "",
    since: date | None = None,
    until: date | None = None,
    country: str = "",
) -> EventQuerySet:
    """The trail as this officer may read it, narrowed; both days count."""
    found = trail(officer, kinds=[kind] if kind else (), since=since, until=until, country=country)
    if actor:
        found = found.filter(actor__in=_named(Person.objects.all(), "search_text", actor))
    if subject:
        found = found.filter(subject_id__in=_subjects(officer, subject))
    return found


def _subjects(officer: Person, words: str) -> list[UUID]:
    """People, schools and projects that the officer may see, by name or title."""
    people = _named(Person.objects.visible_to(officer), "search_text", words)
    schools = _named(School.objects.visible_to(officer), "search_text", words)
    titled = Project.objects.visible_to(officer).filter(title__icontains=words.strip())
    return [*people, *schools, *titled.values_list("pk", flat=True)[:MATCHES]]


def _named(things: QuerySet[Any], field: str, words: str) -> list[UUID]:
    for word in fold(words).split():
        things = things.filter(**{f"{field}__contains": word})
    return list(things.values_list("pk", flat=True)[:MATCHES])
