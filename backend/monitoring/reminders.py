"""What takes too long: officers are reminded of decisions, then the lead, then the central service; a founder of an
answer, and then the other founder is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model

from backend.accounts.models import PersonState
from backend.agencies.models import Officer, OfficerRole
from backend.core import clock
from backend.core.models import change
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.labels.models import LabelApplication, LabelState
from backend.moderation.models import Appeal, AppealState, HelpRequest, HelpState, Report, ReportState
from backend.moderation.readers import parts_in
from backend.monitoring.events import CaseOverdue, subject_of
from backend.projects.events import AnswerOverdue, DecisionOverdue
from backend.projects.letters import mail_answer_awaited, mail_no_answer
from backend.projects.models import Decision, HandOver, HandOverState, Outcome, Project, ProjectState

STEP, SEVERE_STEP = timedelta(days=2), timedelta(days=1)  # between two reminders of officers
PATIENCE = timedelta(days=5)  # between two reminders of teachers
MOST = 3
FORGOTTEN = timedelta(days=30)  # nobody looks so far back each hour
# What is a case, the state in which it waits, and the way to its country
QUEUES: dict[type[Model], tuple[str, str]] = {
    Report: (ReportState.OPEN, "country"),
    Appeal: (AppealState.OPEN, "sanction__country"),
    LabelApplication: (LabelState.SUBMITTED, "country"),
    HelpRequest: (HelpState.OPEN, "country"),
    HandOver: (HandOverState.WAITING, "giver__country"),
}


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
    decision = Decision.objects.select_for_update(of=("self",)).select_related("project").filter(pk=key).first()
    if decision is None or decision.outcome != Outcome.PENDING:
        return False
    told = tuple(_officers(decision.country_id, decision.reminders))
    change(decision, reminders=decision.reminders + 1)
    record(DecisionOverdue(decision.project, decision.country_id, told), actor=None)
    return True


@transaction.atomic
def _remind_founder(key: UUID) -> bool:
    """Who is silent, twice; then who waits."""
    project = Project.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if project is None:
        return False
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
    return sum(_remind_of(model, key) for model, key in ripe)


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
    sent = defaultdict(list)
    for event in told:
        sent[event.data["case"]].append(event.at)
    for case in cases:
        yield Late(case, countries[case.pk], sum(at > case.due_at for at in sent[str(case.pk)]))


@transaction.atomic
def _remind_of(model: type[Model], key: UUID) -> bool:
    """A case may be decided, or gone, since it was found."""
    held = cast(Any, model)._default_manager.select_for_update(of=("self",)).filter(pk=key).first()
    late = next(late_cases(model, pk=key), None) if held else None
    if late is None or not late.is_ripe:
        return False
    told = tuple(person for person in _officers(late.country, late.reminders) if person not in _concerned(late.case))
    record(CaseOverdue(late.case, late.country, told), actor=None)
    return True


def _concerned(case: Any) -> set[UUID | None]:
    """Who must not decide it."""
    if isinstance(case, Appeal):
        return parts_in(case.sanction)
    return {case.author_id, case.reporter_id} if isinstance(case, Report) else set()


def _officers(country: str, reminder: int) -> Iterable[UUID]:
    """Whom this reminder goes to: first the officers, then the leads, then the central service."""
    deciders = Officer.objects.deciders_of(None if reminder == MOST - 1 else country)
    if reminder == 1:
        deciders = deciders.filter(role=OfficerRole.LEAD)
    return deciders.values_list("person", flat=True)
