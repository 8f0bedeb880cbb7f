"""Writing a message to many teachers, and the filters an agency keeps."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.accounts.models import Person
from backend.agencies.models import Agency
from backend.core import fields
from backend.core.guards import allow, ensure, ensure_version
from backend.core.models import change
from backend.core.text import tidy, tidy_lines
from backend.eventlog.record import record
from backend.mailings.events import AudienceRemoved, AudienceSaved, MailingDrafted, MailingEdited
from backend.mailings.models import Mailing, MailingAudience, MailingText
from backend.mailings.permissions import can_write_mailing
from backend.mailings.search import checked_criteria

SUBJECT_LIMIT = 160
AUDIENCES = 50
Words = Mapping[str, Mapping[str, str]]  # language → subject and body


@transaction.atomic
def draft_mailing(
    agency: Agency, *, actor: Person, words: Words, criteria: Mapping[str, Any], keep_as: str = ""
) -> Mailing:
    """An officer begins a message; nobody gets it yet. The filters can be kept under a name."""
    allow(can_write_mailing(actor, agency.pk))
    written, criteria = _checked(words), checked_criteria(criteria)
    first = next(iter(written))
    mailing = Mailing.objects.create(
        agency=agency, title=written[first]["subject"], language=first, criteria=criteria, written_by=actor
    )
    _write(mailing, written)
    if keep_as:
        save_audience(mailing.agency, actor=actor, name=keep_as, criteria=criteria)
    record(MailingDrafted(mailing), actor=actor)
    return mailing


@transaction.atomic
def edit_mailing(
    mailing: Mailing, *, actor: Person, words: Words, criteria: Mapping[str, Any], keep_as: str = "",
    expected_version: int | None = None,
) -> Mailing:  # fmt: skip
    """Other words or other readers, as long as it is a draft. Who edits an old version gets both texts back."""
    mailing = Mailing.objects.lock(mailing)
    allow(can_write_mailing(actor, mailing.agency_id))
    ensure(mailing.is_draft, "mailing_not_draft")
    written, criteria = _checked(words), checked_criteria(criteria)
    if expected_version is not None:
        typed = _by_part(written)
        ensure_version(
            expected_version, mailing.version, stored=dict.fromkeys(typed, "") | _stored(mailing), typed=typed
        )
    first = next(iter(written))
    version = mailing.version + 1
    change(mailing, title=written[first]["subject"], language=first, criteria=criteria, version=version)
    mailing.texts.all().delete()
    _write(mailing, written)
    if keep_as:
        save_audience(mailing.agency, actor=actor, name=keep_as, criteria=criteria)
    record(MailingEdited(mailing), actor=actor)
    return mailing


@transaction.atomic
def save_audience(agency: Agency, *, actor: Person, name: str, criteria: Mapping[str, Any]) -> MailingAudience:
    """Keep filters under a name; the same name again replaces them."""
    agency = Agency.objects.lock(agency)
    allow(can_write_mailing(actor, agency.pk))
    name = tidy(name)
    fields.require(name=name)
    fields.limit(80, name=name)
    criteria = checked_criteria(criteria)
    others = MailingAudience.objects.filter(agency=agency).exclude(name=name)
    ensure(others.count() < AUDIENCES, "too_many_at_once", field="name", limit=AUDIENCES)
    saved, _ = MailingAudience.objects.update_or_create(agency=agency, name=name, defaults={"criteria": criteria})
    record(AudienceSaved(saved), actor=actor)
    return saved


@transaction.atomic
def remove_audience(audience: MailingAudience, *, actor: Person) -> UUID:
    """Messages that used the filters keep theirs."""
    audience = MailingAudience.objects.lock(audience)
    allow(can_write_mailing(actor, audience.agency_id))
    key = audience.pk
    record(AudienceRemoved(audience), actor=actor)
    MailingAudience.objects.filter(pk=key).delete()
    return key


def _checked(words: Words) -> dict[str, dict[str, str]]:
    """At least one language, each with subject and body."""
    known = dict(settings.LANGUAGES)
    fields.check_codes("language", words, known)
    written = {
        code: {"subject": tidy(words[code].get("subject", "")), "body": tidy_lines(words[code].get("body", ""))}
        for code in known
        if code in words and any(text.strip() for text in words[code].values())
    }
    ensure(bool(written), "mailing_text_missing", field="words")
    for text in written.values():
        ensure(all(text.values()), "mailing_text_incomplete", field="words")
        fields.limit(SUBJECT_LIMIT, subject=text["subject"])
        fields.limit(fields.TEXT_LIMIT, body=text["body"])
    return written


def _stored(mailing: Mailing) -> dict[str, str]:
    return _by_part({text.language: {"subject": text.subject, "body": text.body} for text in mailing.texts.all()})


def _by_part(written: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Each part of each language by its own name, as `subject_fr`."""
    return {f"{part}_{code}": value for code, text in written.items() for part, value in text.items()}


def _write(mailing: Mailing, written: Mapping[str, Mapping[str, str]]) -> None:
    MailingText.objects.bulk_create(
        MailingText(mailing=mailing, language=code, **text) for code, text in written.items()
    )
