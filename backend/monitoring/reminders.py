"""Decisions that take too long: the officers are reminded, then the lead, then the central service."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.accounts.models import PersonState
from backend.agencies.models import Officer, OfficerRole
from backend.core import clock
from backend.core.models import change
from backend.eventlog.record import record
from backend.projects.events import DecisionOverdue
from backend.projects.models import Decision, Outcome, ProjectState

STEP = timedelta(days=2)  # between two reminders
DECIDING = (OfficerRole.OFFICER, OfficerRole.LEAD)


def remind_overdue() -> int:
    """One reminder for each decision whose time for the next one has come; returns how many."""
    waiting = Decision.objects.filter(
        outcome=Outcome.PENDING, round=F("project__round"), project__state=ProjectState.PENDING_APPROVAL,
        due_at__lt=clock.now(), reminders__lt=3,
    )  # fmt: skip
    ripe = [d.pk for d in waiting if d.due_at + d.reminders * STEP < clock.now()]
    return sum(_remind(key) for key in ripe)


@transaction.atomic
def _remind(key: UUID) -> bool:
    decision = Decision.objects.select_for_update(of=("self",)).select_related("project").get(pk=key)
    if decision.outcome != Outcome.PENDING:
        return False
    told = tuple(_officers(decision.country_id, decision.reminders))
    change(decision, reminders=decision.reminders + 1)
    record(DecisionOverdue(decision.project, decision.country_id, told), actor=None)
    return True


def _officers(country: str, reminder: int) -> Iterable[UUID]:
    """Whom this reminder goes to: first the officers, then the leads, then the central service."""
    active = Officer.objects.filter(person__state=PersonState.VALIDATED)
    if reminder == 0:
        found = active.filter(agency__country=country, role__in=DECIDING)
    elif reminder == 1:
        found = active.filter(agency__country=country, role=OfficerRole.LEAD)
    else:
        found = active.filter(agency__country=None, role__in=DECIDING)
    return found.values_list("person", flat=True)
