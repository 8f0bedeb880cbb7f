"""What every decision of an agency has: a state from now on, and a reason."""

from backend.accounts.models import Person
from backend.agencies.models import Agency, StandIn
from backend.agencies.permissions import is_central
from backend.core import clock, fields
from backend.core.guards import ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.schools.models import School


def settle(entity: Person | School, state: str, reason: str) -> None:
    """Nobody waits any more. A reason that may be left out is limited like one that may not."""
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    change(entity, state=state, state_since=clock.now(), due_at=None, state_reason=tidy_lines(reason))


def explain_if_central(actor: Person, reason: str) -> None:
    """The central service acts for an absent agency only with a reason."""
    if is_central(actor):
        a_reason(reason)


def stand_in(actor: Person, reason: str, country: str | None) -> None:
    """Keep the reason, where it is the central service that acts; the fact recorded next takes it to the agency."""
    explain_if_central(actor, reason)
    agency = Agency.objects.filter(country=country).first() if country and is_central(actor) else None
    if agency:
        StandIn.objects.create(agency=agency, actor=actor, reason=tidy_lines(reason))


def a_reason(reason: str) -> str:
    """Why something was decided, in words that the person reads."""
    reason = tidy_lines(reason)
    ensure(bool(reason), "reason_missing", field="reason")
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    return reason
