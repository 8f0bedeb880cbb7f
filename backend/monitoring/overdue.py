"""Cases that wait too long in agencies' queues: officers are reminded, then their lead, then the central service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from backend.agencies.models import Officer, OfficerRole
from backend.core import clock
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Appeal, AppealState, HelpRequest, HelpState, Report, ReportState
from backend.moderation.readers import parts_in
from backend.monitoring.events import CaseOverdue, subject_of
from backend.projects.models import HandOver, HandOverState

MOST = 3
STEP, SEVERE_STEP = timedelta(days=2), timedelta(days=1)  # between two reminders
FORGOTTEN = timedelta(days=30)  # nobody looks so far back each hour
# What is a case, the state in which it waits, and the way to its country
QUEUES: dict[type[Model], tuple[str, str]] = {
    Report: (ReportState.OPEN, "country"),
    Appeal: (AppealState.OPEN, "sanction__country"),
    LabelApplication: (LabelState.SUBMITTED, "country"),
    HelpRequest: (HelpState.OPEN, "country"),
    HandOver: (HandOverState.WAITING, "giver__country"),
}


@dataclass(frozen=True)
class Late:
    """A case that waits too long, and how often somebody was reminded of it since it was due."""

    case: Any
    country: str
    reminders: int

    @property
    def is_ripe(self) -> bool:
        step = SEVERE_STEP if isinstance(self.case, Report) and self.case.is_severe else STEP
        due_at: datetime = self.case.due_at
        return self.reminders < MOST and due_at + self.reminders * step < clock.now()


def remind_of_cases() -> int:
    """One reminder for each case whose time for the next one has come; returns how many."""
    ripe = [(model, late.case.pk) for model in QUEUES for late in late_cases(model) if late.is_ripe]
    return sum(_remind(model, key) for model, key in ripe)


def late_cases(model: type[Model], **only: Any) -> Iterator[Late]:
    """Three queries, whatever the length."""
    state, country = QUEUES[model]
    now = clock.now()
    found = cast(Any, model)._default_manager.filter(
        **only, state=state, due_at__lt=now, due_at__gt=now - FORGOTTEN, **{f"{country}__isnull": False}
    )
    cases = list(found.order_by("pk"))
    countries = dict(found.order_by("pk").values_list("pk", country))
    told = Event.objects.filter(kind=CaseOverdue.kind, subject_id__in=[subject_of(case).pk for case in cases])
    sent = [(event.data["case"], event.at) for event in told]
    for case in cases:
        reminders = [at for key, at in sent if key == str(case.pk) and at > case.due_at]
        yield Late(case, countries[case.pk], len(reminders))


@transaction.atomic
def _remind(model: type[Model], key: UUID) -> bool:
    cast(Any, model)._default_manager.select_for_update(of=("self",)).get(pk=key)
    late = next(late_cases(model, pk=key), None)
    if late is None or not late.is_ripe:
        return False
    told = tuple(person for person in _officers(late) if person not in _concerned(late.case))
    record(CaseOverdue(late.case, late.country, told), actor=None)
    return True


def _officers(late: Late) -> Iterator[UUID]:
    country = None if late.reminders == MOST - 1 else late.country
    deciders = Officer.objects.deciders_of(country)
    if late.reminders == 1:
        deciders = deciders.filter(role=OfficerRole.LEAD)
    yield from deciders.values_list("person", flat=True)


def _concerned(case: Any) -> set[UUID | None]:
    """Who must not decide it."""
    if isinstance(case, Appeal):
        return parts_in(case.sanction)
    return {case.author_id, case.reporter_id} if isinstance(case, Report) else set()
