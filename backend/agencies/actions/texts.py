"""Texts that an agency keeps ready, so that nobody writes the same reason twice."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.agencies.events import ReadyTextRemoved, ReadyTextWritten
from backend.agencies.models import Agency, ReadyText, TextUse
from backend.agencies.permissions import can_write_texts
from backend.core import fields
from backend.core.guards import allow, ensure, ensure_newest, refusal
from backend.core.text import tidy, tidy_lines
from backend.eventlog.record import record

TITLE_LIMIT, TEXTS = 160, 200


@transaction.atomic
def write_text(
    agency: Agency, *, actor: Person, use: str, language: str, title: str, text: str, ready: ReadyText | None = None,
    expected_version: int | None = None,
) -> ReadyText:  # fmt: skip
    """A new ready text, or other words for one there is. Who edits an old version gets both texts back."""
    agency = Agency.objects.lock(agency)
    allow(can_write_texts(actor, agency.pk))
    allow(ready is None or ready.agency_id == agency.pk)
    fields.check_codes("use", [use], TextUse.values)
    fields.check_codes("language", [language], dict(settings.LANGUAGES))
    given = {"use": use, "language": language, "title": tidy(title), "text": tidy_lines(text)}
    fields.require(title=given["title"], text=given["text"])
    fields.limit(TITLE_LIMIT, title=given["title"])
    fields.limit(fields.TEXT_LIMIT, text=given["text"])
    ensure(ready is not None or agency.ready_texts.count() < TEXTS, "too_many_at_once", limit=TEXTS)
    ready = _rewritten(ready, expected_version, given) if ready else ReadyText(agency=agency, **given)
    try:
        with transaction.atomic():
            ready.save()
    except IntegrityError:
        raise refusal("text_title_taken", field="title") from None
    record(ReadyTextWritten(agency, {"text": str(ready.pk), "use": use}), actor=actor)
    return ready


def _rewritten(ready: ReadyText, expected_version: int | None, given: dict[str, str]) -> ReadyText:
    ready = ReadyText.objects.lock(ready)
    ensure_newest(ready, expected_version, **given)
    for name, value in given.items():
        setattr(ready, name, value)
    ready.version += 1
    return ready


@transaction.atomic
def remove_text(ready: ReadyText, *, actor: Person) -> UUID:
    """What was decided with it keeps its words."""
    ready = ReadyText.objects.lock(ready)
    allow(can_write_texts(actor, ready.agency_id))
    key = ready.pk
    ready.delete()
    record(ReadyTextRemoved(ready.agency, {"text": str(key), "use": ready.use}), actor=actor)
    return key
