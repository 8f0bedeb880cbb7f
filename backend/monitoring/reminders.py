"""What takes too long: officers are reminded of decisions, then the lead, then the central service; a founder of an
answer, and then the other founder is told."""

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
from backend.monitoring.overdue import remind_of_cases
from backend.projects.events import AnswerOverdue, DecisionOverdue
from backend.projects.letters import mail_answer_awaited, mail_no_answer
from backend.projects.models import Decision, Outcome, Project, ProjectState

STEP = timedelta(days=2)  # between two reminders of officers
PATIENCE = timedelta(days=5)  # between two reminders of teachers
MOST = 3
DECIDING = (OfficerRole.OFFICER, OfficerRole.LEAD)


def remind_overdue() -> int:
    """One reminder for each decision, answer and other case whose time for the next one has come; returns how many."""
    waiting = Decision.objects.filter(
        outcome=Outcome.PENDING, round=F("project__round"), project__state=ProjectState.PENDING_APPROVAL,
        due_at__lt=clock.now(), reminders__lt=MOST,
    )  # fmt: skip
    ripe = [d.pk for d in waiting if d.due_at + d.reminders * STEP < clock.now()]
    silent = Project.objects.filter(
        state=ProjectState.PENDING_PARTNER, answer_due_at__lt=clock.now(), answer_reminders__lt=MOST
    )
    left = [p.pk for p in silent if p.answer_due_at and p.answer_due_at + p.answer_reminders * PATIENCE < clock.now()]
    return sum(_remind(key) for key in ripe) + sum(_remind_founder(key) for key in left) + remind_of_cases()


@transaction.atomic
def _remind(key: UUID) -> bool:
    decision = Decision.objects.select_for_update(of=("self",)).select_related("project").get(pk=key)
    if decision.outcome != Outcome.PENDING:
        return False
    told = tuple(_officers(decision.country_id, decision.reminders))
    change(decision, reminders=decision.reminders + 1)
    record(DecisionOverdue(decision.project, decision.country_id, told), actor=None)
    return True


@transaction.atomic
def _remind_founder(key: UUID) -> bool:
    """Who is silent, twice; then who waits."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=key)
    people = {m.person_id: m.person for m in project.founders}
    sender = people.pop(project.submitted_by_id, None) if project.submitted_by_id else None
    silent = next(iter(people.values()))
    if project.state != ProjectState.PENDING_PARTNER or sender is None:
        return False
    is_last = project.answer_reminders == MOST - 1
    told, mail = (sender, mail_no_answer) if is_last else (silent, mail_answer_awaited)
    change(project, answer_reminders=project.answer_reminders + 1)
    if told.state == PersonState.VALIDATED:
        mail(project, silent=silent, sender=sender)
    record(AnswerOverdue(project, told.pk), actor=None)
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
