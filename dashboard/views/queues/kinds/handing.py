"""What stands above the queue of projects."""

from dataclasses import dataclass
from uuid import UUID

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.monitoring.queues import URGENCY, hand_overs_waiting
from backend.projects.models import HandOver
from backend.projects.permissions import can_confirm_hand_over
from dashboard.forms.decisions import DecisionForm

SHOWN = 50


@dataclass(frozen=True)
class Typed:
    """What was typed and refused, and about which hand-over."""

    form: DecisionForm
    about: UUID


def hand_overs(officer: Person) -> list[HandOver]:
    """Most urgent first."""
    loaded = hand_overs_waiting(officer).select_related("project", "giver__person", "giver__school", "taker__person")
    found = list(loaded.select_related("taker__school").order_by(*URGENCY)[:SHOWN])
    for one in found:
        one.may_decide = can_confirm_hand_over(officer, one)  # type: ignore[attr-defined]
        one.must_explain = is_central(officer)  # type: ignore[attr-defined]
    return found
