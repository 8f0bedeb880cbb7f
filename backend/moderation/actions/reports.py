"""Reporting something, opening a report, and deciding it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Model

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.core import clock, fields
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.eventlog.record import record
from backend.moderation import subjects
from backend.moderation.events import BanProposed, ReportDecided, ReportEscalated, ReportMade, ReportRead
from backend.moderation.models import SEVERE, Report, ReportCategory, ReportOutcome, ReportReading, ReportState
from backend.moderation.permissions import (
    can_decide_report,
    can_escalate_report,
    can_open_report,
    is_concerned,
    proposed,
)
from backend.moderation.words import a_reason
from backend.schools.models import Country
from backend.workspaces.permissions import membership_of

NOTE_LIMIT = 2_000
REPORTS_A_DAY = 30
SEVERE_WITHIN = timedelta(hours=24)


@transaction.atomic
def report_content(subject: Model, *, actor: Person, category: str, note: str = "") -> Report:
    """Whoever sees something may report it, once at a time. A photo is hidden at once."""
    actor = Person.objects.lock(actor)
    allow(actor.is_active and subjects.can_see(actor, subject))
    fields.check_codes("category", [category], ReportCategory.values)
    note = tidy_lines(note)
    fields.limit(NOTE_LIMIT, note=note)
    ensure(not subjects.is_gone(subject), "content_gone", field="subject_id")
    _check_limits(subject, actor)
    author = subjects.author_of(subject)
    country = Country.objects.filter(pk=subjects.country_of(subject) or actor.country_id).first()
    if country is None:  # between officers of the central service
        raise refusal("country_unknown", field="subject_id")
    report = Report(
        reporter=actor, subject_kind=subjects.KINDS[type(subject)], subject_id=subject.pk, author=author,
        workspace_id=subjects.workspace_of(subject, actor), country=country, category=category, note=note,
        said=subjects.said_by(subject),
        due_at=due_at(category, country),
    )  # fmt: skip
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        raise refusal("report_open_already", field="subject_id") from None
    record(ReportMade(report), actor=None)  # who reported is read in the report, by who opens it for a reason
    return report


@transaction.atomic
def open_report(report: Report, *, actor: Person, reason: str) -> Report:
    """The whole report is read for a reason; who read it and why is kept."""
    report = Report.objects.lock(report)
    me = membership_of(actor, report.workspace) if report.workspace else None
    allow(can_open_report(actor, report, me))
    ReportReading.objects.create(report=report, reader=actor, reason=a_reason(reason))
    record(ReportRead(report), actor=actor)
    return report


@transaction.atomic
def decide_report(report: Report, *, actor: Person, outcome: str, reason: str, until: date | None = None) -> Report:
    """An officer decides, with a reason that the reported person reads. A ban is only proposed."""
    report = Report.objects.lock(report)
    allow(can_decide_report(actor, report))
    allow(not is_concerned(actor, report), "own_report")
    ensure(report.is_open, "report_decided")
    fields.check_codes("outcome", [outcome], ReportOutcome.values)
    _check_outcome(report, outcome, until, actor)
    reason, until = a_reason(reason), until if outcome == ReportOutcome.SUSPENSION else None
    stand_in(actor, reason, report.country_id)
    if outcome == ReportOutcome.BAN:
        change(report, outcome=outcome, reason=reason, until=None, ban_proposed_by=actor)
        record(BanProposed(report), actor=actor)
    else:
        change(report, outcome=outcome, reason=reason, until=until, ban_proposed_by=None)
        _settle(report, actor)
    return report


@transaction.atomic
def confirm_ban(report: Report, *, actor: Person, reason: str) -> Report:
    """A second officer agrees: now the person is banned, and reads both reasons."""
    report = Report.objects.lock(report)
    allow(can_decide_report(actor, report))
    allow(not is_concerned(actor, report), "own_report")
    ensure(report.is_open, "report_decided")
    ensure(report.ban_proposed_by_id is not None, "ban_not_proposed")
    allow(not proposed(actor, report), "second_officer_needed")
    reason = a_reason(reason)
    stand_in(actor, reason, report.country_id)
    change(report, reason=f"{report.reason}\n\n{reason}")
    _settle(report, actor)
    return report


@transaction.atomic
def escalate_report(report: Report, *, actor: Person, reason: str) -> Report:
    """The central service is asked to look, once; until somebody decides, the country's officers still may."""
    report = Report.objects.lock(report)
    allow(can_escalate_report(actor, report))
    allow(not is_concerned(actor, report), "own_report")
    ensure(report.is_open, "report_decided")
    ensure(not report.is_escalated, "report_escalated_already")
    change(report, escalated_at=clock.now(), escalated_by=actor, escalation_reason=a_reason(reason))
    record(ReportEscalated(report), actor=actor)
    return report


def due_at(category: str, country: Country) -> datetime:
    """What is severe within 24 hours, the rest within the country's working days."""
    now = clock.now()
    return now + SEVERE_WITHIN if category in SEVERE else clock.after_working_days(now, country.target_working_days)


def _settle(report: Report, actor: Person) -> None:
    change(report, state=ReportState.DECIDED, decided_at=clock.now(), decided_by=actor)
    record(ReportDecided(report), actor=actor)


def _check_limits(subject: Model, actor: Person) -> None:
    mine = Report.objects.filter(reporter=actor)
    waiting = mine.filter(subject_id=subject.pk, state=ReportState.OPEN)
    ensure(not waiting.exists(), "report_open_already", field="subject_id")
    today = mine.filter(created_at__gt=clock.now() - timedelta(days=1)).count()
    ensure(today < REPORTS_A_DAY, "reports_today", limit=REPORTS_A_DAY)


def _check_outcome(report: Report, outcome: str, until: date | None, actor: Person) -> None:
    if outcome == ReportOutcome.CONTENT_REMOVED:
        ensure(subjects.is_removable(report), "nothing_to_remove", field="outcome")
        allow(not subjects.is_central(report) or actor.oversees.everywhere)
    elif outcome != ReportOutcome.NO_ACTION:
        ensure(report.author_id is not None, "nobody_to_sanction", field="outcome")
    if outcome == ReportOutcome.SUSPENSION:
        ensure(until is not None and until > clock.now().date(), "until_not_ahead", field="until")
    if outcome == ReportOutcome.BAN:
        ensure(report.ban_proposed_by_id is None, "ban_proposed_already", field="outcome")
