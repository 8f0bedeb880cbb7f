"""Appeals against decisions, and the end of suspensions."""

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.agencies.actions import stand_in
from backend.core import clock
from backend.core.guards import allow, ensure, refusal
from backend.core.models import change
from backend.eventlog.record import record
from backend.moderation.events import AppealDecided, AppealMade, SanctionEnded
from backend.moderation.letters import sanction_of_token
from backend.moderation.models import Appeal, AppealState, Sanction
from backend.moderation.permissions import (
    can_appeal,
    can_decide_appeal,
    can_lift_suspension,
    has_part_in,
    is_in_time,
)
from backend.moderation.words import a_reason, a_text


@transaction.atomic
def appeal_decision(sanction: Sanction, *, actor: Person, text: str) -> Appeal:
    """The person asks for another look, once, within six months."""
    sanction = Sanction.objects.lock(sanction)
    allow(can_appeal(actor, sanction))
    ensure(not Appeal.objects.filter(sanction=sanction).exists(), "appealed_already")
    ensure(is_in_time(sanction), "appeal_too_late")
    due_at = clock.after_working_days(clock.now(), sanction.country.target_working_days)
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(sanction=sanction, text=a_text(text), due_at=due_at)
    except IntegrityError:
        raise refusal("appealed_already") from None
    record(AppealMade(appeal), actor=actor)
    return appeal


def appeal_by_link(token: str, *, text: str) -> Appeal:
    """The same for who cannot sign in: the link of the letter proves who it is."""
    sanction = sanction_of_token(token)
    return appeal_decision(sanction, actor=sanction.person, text=text)


@transaction.atomic
def decide_appeal(appeal: Appeal, *, actor: Person, upheld: bool, reason: str) -> Appeal:
    """Another officer looks at it: the decision stands, or is overturned and undone."""
    appeal = Appeal.objects.lock(appeal)
    allow(can_decide_appeal(actor, appeal))
    allow(not has_part_in(actor, appeal.sanction), "own_decision")
    ensure(appeal.state == AppealState.OPEN, "appeal_decided")
    state = AppealState.UPHELD if upheld else AppealState.OVERTURNED
    reason = a_reason(reason)
    stand_in(actor, reason, appeal.sanction.country_id)
    change(appeal, state=state, reason=reason, decided_at=clock.now(), decided_by=actor)
    record(AppealDecided(appeal), actor=actor)
    return appeal


@transaction.atomic
def lift_suspension(person: Person, *, actor: Person, reason: str) -> Sanction:
    """An officer ends a suspension before its day."""
    person = Person.objects.lock(person)
    suspensions = list(Sanction.objects.suspending().filter(person=person).order_by("pk"))
    allow(can_lift_suspension(actor, person, suspensions))
    ensure(bool(suspensions), "not_suspended", field="person_id")
    reason = a_reason(reason)
    for country in sorted({suspension.country_id for suspension in suspensions}):
        stand_in(actor, reason, country)
    for suspension in suspensions:
        change(suspension, ended_at=clock.now(), ended_by=actor, end_reason=reason)
    record(SanctionEnded(suspensions[-1]), actor=actor)
    return suspensions[-1]


def end_suspensions() -> int:
    """Suspensions end by themselves after their last day; returns how many did."""
    return sum(_end(suspension) for suspension in Sanction.objects.suspending().filter(until__lt=clock.now().date()))


@transaction.atomic
def _end(suspension: Sanction) -> bool:
    Person.objects.lock(suspension.person)  # always before their sanctions: no deadlock
    suspension = Sanction.objects.lock(suspension)
    if suspension.is_in_force:
        change(suspension, ended_at=clock.now())
        record(SanctionEnded(suspension), actor=None)
        return True
    return False
