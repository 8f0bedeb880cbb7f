"""Events as sentences, in the reader's language, with the things they are about."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext as _

from backend.core.models import EntityQuerySet
from backend.eventlog.facts import FACTS


def word(event: Any, subject: Model | None) -> str:
    """The sentence for one event; its actor should be loaded."""
    actor = str(event.actor) if event.actor else _("The system")
    return str(FACTS[event.kind].wording) % {"actor": actor, "subject": subject or _("something removed")}


def subjects_of(events: Iterable[Any]) -> dict[UUID, Model]:
    """The things that events are about, one query for each kind of thing."""
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    found: dict[UUID, Model] = {}
    for label, keys in wanted.items():
        found.update(apps.get_model(label)._default_manager.in_bulk(keys))
    return found


class TellingQuerySet(EntityQuerySet[Any]):
    """`with_subjects()` gives each row its event, its actor and `subject`."""

    event_path = ""  # from a row to its event; empty for events themselves
    _has_subjects = False

    def with_subjects(self) -> Self:
        path = f"{self.event_path}__actor" if self.event_path else "actor"
        entries: Self = self.select_related(path)
        entries._has_subjects = True
        return entries

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        clone._has_subjects = self._has_subjects
        return clone

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None
        super()._fetch_all()
        if is_fresh and self._has_subjects:
            rows = [row for row in self._result_cache or () if isinstance(row, models.Model)]
            if any("subject_id" in self._event_of(row).get_deferred_fields() for row in rows[:1]):
                return  # nobody asks for the sentence
            subjects = subjects_of(self._event_of(row) for row in rows)
            for row in rows:
                row.subject = subjects.get(self._event_of(row).subject_id)  # type: ignore[attr-defined]

    def _event_of(self, row: Any) -> Any:
        return getattr(row, self.event_path) if self.event_path else row
