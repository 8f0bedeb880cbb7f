"""What a new officer does first; gone once all of it is done, or after a month."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import clock
from backend.desk.permissions import can_take_cases
from backend.eventlog.models import Event

NEW_FOR = timedelta(days=30)

STEPS: dict[str, str | Promise] = {
    "takes": _("Take your first case"),
    "decides": _("Decide something: every decision is one form"),
    "saves": _("Save a view of a queue that you need often"),
}


@dataclass(frozen=True)
class Step:
    name: str
    label: str | Promise
    is_done: bool


def first_steps(officer: Person) -> list[Step]:
    """Nothing for who only reads, has been here for long, or has done everything."""
    appointed = officer.officer.created_at
    if not can_take_cases(officer) or clock.now() - appointed > NEW_FOR:
        return []
    mine = Event.objects.filter(actor=officer)
    decided = mine.exclude(kind__startswith="case.").exclude(kind__startswith="view.").exclude(kind__startswith="note.")
    done = Person.objects.filter(pk=officer.pk).values(
        takes=Exists(mine.filter(kind="case.taken")),
        decides=Exists(decided),
        saves=Exists(mine.filter(kind="view.saved")),
    )
    row = dict(done.get())
    steps = [Step(name, label, bool(row[name])) for name, label in STEPS.items()]
    return [] if all(step.is_done for step in steps) else steps
