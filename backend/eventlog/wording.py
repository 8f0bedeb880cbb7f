"""Events as sentences, in the reader's language."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from backend.eventlog.facts import FACTS
from backend.eventlog.models import Event


def word(event: Event, subject: Model | None) -> str:
    """The sentence for one event; its actor should be loaded."""
    actor = str(event.actor) if event.actor else _("The system")
    return str(FACTS[event.kind].wording) % {"actor": actor, "subject": subject or _("something removed")}


def subjects_of(events: Iterable[Event]) -> dict[UUID, Model]:
    """The things that events are about, one query for each kind of thing."""
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    found: dict[UUID, Model] = {}
    for label, keys in wanted.items():
        found.update(apps.get_model(label)._default_manager.in_bulk(keys))
    return found
