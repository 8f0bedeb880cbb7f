"""What happened, as an agency may read it: in its countries, or to one person, school or project."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from backend.accounts.models import Person
from backend.eventlog.models import TOLD, Event, EventCountry, EventQuerySet
from backend.eventlog.wording import subjects_of, word
from backend.schools.models import School


@dataclass(frozen=True)
class Happening:
    """An event, the thing it is about (none once removed), and its sentence."""

    event: Event
    subject: Model | None
    sentence: str

    @classmethod
    def of(cls, event: Event, subject: Model | None) -> Self:
        return cls(event, subject, word(event, subject))


def recently(officer: Person, *, limit: int) -> list[Happening]:
    """The newest events that concern the officer's countries."""
    if officer.oversees.regions is None:
        theirs = officer.oversees.where("country")
        told = EventCountry.objects.filter(theirs, event__lte=_last_told(), event__subject_type__in=TOLD)
        newest = told.order_by("-event").values("event").distinct()
        events = _read(Event.objects.filter(pk__in=newest[:limit]))
    else:
        events = _read(Event.objects.visible_to(officer).filter(subject_type__in=TOLD))[:limit]
    subjects = subjects_of(events)
    return [Happening.of(event, subjects.get(event.subject_id)) for event in events]


def timeline(officer: Person, subject: Model, *, limit: int) -> list[Happening]:
    """What happened to one thing, newest first, as far as it concerns the officer's countries."""
    events = list(_read(history(officer, subject))[:limit])
    others = subjects_of(event for event in events if event.subject_id != subject.pk)
    return [Happening.of(event, others.get(event.subject_id, subject)) for event in events]


def history(officer: Person | None, subject: Model) -> EventQuerySet:
    """The events behind the timeline; a school's own and those of the records that were merged into it."""
    keys: Any = [subject.pk]
    if isinstance(subject, School):
        keys = School.objects.filter(Q(pk=subject.pk) | Q(merged_into=subject.pk)).values("pk")
    return Event.objects.for_viewer(officer).filter(subject_id__in=keys)


def _read(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.select_related("actor").order_by("-pk")


def _last_told() -> Subquery:
    """The last event that any agency reads: what came after may be a great deal from inside workspaces, which a list from
    the newest on would look through."""
    return Subquery(EventCountry.objects.order_by("-event").values("event")[:1])


def trail(
    officer: Person | None,
    *,
    actor: UUID | None = None,
    subject: UUID | None = None,
    kinds: Collection[str] = (),
    country: str = "",
    since: date | None = None,
    until: date | None = None,
) -> EventQuerySet:
    """The audit trail as this officer may read it, narrowed: both days count."""
    found = Event.objects.visible_to(officer).filter(pk__lte=_last_told())
    exact = {"actor": actor, "subject_id": subject, "at__date__gte": since, "at__date__lte": until}
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if kinds:
        found = found.filter(kind__in=kinds)
    if country:
        found = found.filter(Exists(EventCountry.objects.filter(event=OuterRef("pk"), country=country)))
    return found
