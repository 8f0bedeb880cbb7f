"""What every decision of an agency has: a state from now on, and a reason."""

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.core import clock, fields
from backend.core.guards import ensure
from backend.core.models import change
from backend.core.text import tidy_lines
from backend.schools.models import School


def settle(entity: Person | School, state: str, reason: str) -> None:
    """Nobody waits any more."""
    change(entity, state=state, state_since=clock.now(), due_at=None, state_reason=tidy_lines(reason))


def explain_if_central(actor: Person, reason: str) -> None:
    """The central service acts for an absent agency only with a reason."""
    ensure(not is_central(actor) or bool(reason.strip()), "reason_missing", field="reason")


def a_reason(reason: str) -> str:
    """Why something was decided, in words that the person reads."""
    reason = tidy_lines(reason)
    ensure(bool(reason), "reason_missing", field="reason")
    fields.limit(fields.TEXT_LIMIT, reason=reason)
    return reason
