"""What follows from reports, decisions and appeals, in the same transaction."""

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import Person, PersonState
from backend.accounts.sign_in import sign_out_everywhere
from backend.core import clock
from backend.core.models import change
from backend.eventlog.facts import Fact
from backend.eventlog.models import Event
from backend.eventlog.record import record
from backend.moderation import events, letters
from backend.moderation.models import LOCKING, AppealState, Report, ReportOutcome, ReportState, Sanction
from backend.moderation.removal import locked, remove, restore
from backend.moderation.subjects import is_picture
from backend.projects.consequences import lose_founder
from backend.workspaces.events import FileShownAgain
from backend.workspaces.models import File
from backend.workspaces.retirement import end_duties

LOCKED = (PersonState.SUSPENDED, PersonState.BANNED)


def hide(fact: Fact, event: Event) -> None:
    """A reported photo or video is hidden until somebody has decided; not again by whom was told that it is fine."""
    assert isinstance(fact, events.ReportMade)
    report, thing = fact.report, locked(fact.report)
    told = Report.objects.filter(subject_id=report.subject_id, reporter=report.reporter)
    is_fine = told.filter(state=ReportState.DECIDED, outcome=ReportOutcome.NO_ACTION).exists()
    if is_picture(thing) and thing.hidden_at is None and not is_fine:
        change(thing, hidden_at=clock.now())
        record(events.ContentHidden(thing), actor=None)  # nobody in the workspace reads who reported


def alarm(fact: Fact, event: Event) -> None:
    """What is severe does not wait for a digest."""
    assert isinstance(fact, events.ReportMade)
    if fact.report.is_severe:
        letters.mail_severe_report(fact.report, fact.report.country_id)


def pass_on(fact: Fact, event: Event) -> None:
    """Neither does it at the central service."""
    assert isinstance(fact, events.ReportEscalated)
    if fact.report.is_severe:
        letters.mail_severe_report(fact.report, None)


def keep_hidden(fact: Fact, event: Event) -> None:
    """Parents agree after all, but somebody reported it meanwhile."""
    assert isinstance(fact, FileShownAgain)
    if Report.objects.filter(subject_id=fact.thing.pk, state=ReportState.OPEN).exists():
        change(fact.thing, hidden_at=clock.now())


def carry_out(fact: Fact, event: Event) -> None:
    """What was decided about a report happens."""
    assert isinstance(fact, events.ReportDecided)
    report = fact.report
    if report.outcome == ReportOutcome.NO_ACTION:
        _show(report)
        return
    if report.author is None:  # nobody's own: nobody is sanctioned
        remove(report)
        return
    person = Person.objects.lock(report.author)
    sanction = _issue(report, person)
    if sanction.outcome in LOCKING:
        _settle(person, sanction)
        sign_out_everywhere(person)
        end_duties(person)
    letters.mail_sanction(sanction)
    record(events.SanctionIssued(sanction), actor=event.actor)


def overturn(fact: Fact, event: Event) -> None:
    """A decision that does not stand is undone; one that stands deletes the bytes of a removed file for good."""
    assert isinstance(fact, events.AppealDecided)
    Person.objects.lock(fact.appeal.sanction.person)  # always before their sanctions: no deadlock
    appeal, sanction = fact.appeal, Sanction.objects.lock(fact.appeal.sanction)
    if appeal.state == AppealState.UPHELD:
        _forget(sanction)
        letters.mail_appeal_decided(appeal)
        return
    _bring_back(sanction)
    if sanction.outcome not in LOCKING or not sanction.is_in_force:
        letters.mail_appeal_decided(appeal)
    if sanction.is_in_force:
        change(sanction, ended_at=clock.now(), ended_by=event.actor, end_reason=appeal.reason)
        record(events.SanctionEnded(sanction), actor=event.actor)


def ease(fact: Fact, event: Event) -> None:
    """Who was locked out by this decision alone may sign in again."""
    assert isinstance(fact, events.SanctionEnded)
    sanction = fact.sanction
    person = Person.objects.lock(sanction.person)
    if sanction.outcome in LOCKING and person.state in LOCKED:
        _settle(person, sanction)
        if person.state not in LOCKED:
            letters.mail_open_again(sanction)


def _issue(report: Report, person: Person) -> Sanction:
    is_ban = report.outcome == ReportOutcome.BAN
    earlier = person.sanctions.in_force().locking().first()
    return Sanction.objects.create(
        report=report,
        person=person,
        country=report.country,
        outcome=report.outcome,
        reason=report.reason,
        until=report.until,
        issued_by=report.ban_proposed_by if is_ban else report.decided_by,
        confirmed_by=report.decided_by if is_ban else None,
        state_before=earlier.state_before if earlier else person.state,
        has_removed=report.outcome == ReportOutcome.CONTENT_REMOVED and remove(report),
    )


def _settle(person: Person, sanction: Sanction) -> None:
    """The heaviest decision in force says whether the person may sign in."""
    locking = set(person.sanctions.in_force().locking().values_list("outcome", flat=True))
    if ReportOutcome.BAN in locking:
        state = PersonState.BANNED
    elif ReportOutcome.SUSPENSION in locking:
        state = PersonState.SUSPENDED
    else:
        state = PersonState(sanction.state_before)
    reason = sanction.reason if sanction.is_in_force else ""
    if person.state != state:
        change(person, state=state, state_since=clock.now(), state_reason=reason)
        if state == PersonState.BANNED:
            lose_founder(person)


def _bring_back(sanction: Sanction) -> None:
    if sanction.has_removed:
        restore(sanction.report)
    _show(sanction.report)


def _show(report: Report) -> None:
    """A hidden photo is shown again unless another report about it is open, or led to something."""
    thing = locked(report)
    if thing is None or thing.hidden_at is None or getattr(thing, "awaits_consent", False):
        return
    undone = Q(sanction__appeal__state=AppealState.OVERTURNED)
    others = Report.objects.filter(subject_id=report.subject_id).exclude(pk=report.pk).exclude(undone)
    if not others.filter(Q(state=ReportState.OPEN) | ~Q(outcome=ReportOutcome.NO_ACTION)).exists():
        change(thing, hidden_at=None)
        record(events.ContentShown(thing), actor=None)


def _forget(sanction: Sanction) -> None:
    thing = locked(sanction.report)
    if sanction.has_removed and isinstance(thing, File) and thing.content.name:
        storage, stored = thing.content.storage, thing.content.name
        transaction.on_commit(lambda: storage.delete(stored), robust=True)
