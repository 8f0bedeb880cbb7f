"""Announcements: posted, edited, closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from backend.accounts.models import Person
from backend.core import clock, fields
from backend.core.guards import allow, ensure, ensure_newest
from backend.core.models import change
from backend.core.text import fold, tidy, tidy_lines
from backend.eventlog.record import record
from backend.partners.events import AnnouncementClosed, AnnouncementEdited, AnnouncementPosted
from backend.partners.models import Announcement
from backend.partners.permissions import can_edit_announcement, can_post_announcement

DAYS = 90
LINKS = ("subjects", "languages", "countries")


@transaction.atomic
def post_announcement(
    *,
    actor: Person,
    title: str,
    text: str,
    until: datetime | None = None,
    ages_from: int | None = None,
    ages_to: int | None = None,
    **links: Iterable[str],
) -> Announcement:
    """Look for partners in public: one open announcement a topic, for 90 days at most."""
    actor = Person.objects.lock(actor)
    allow(can_post_announcement(actor), "person_not_validated")
    announcement = Announcement(author=actor, until=clock.now() + timedelta(days=DAYS))
    _write(announcement, {"title": title, "text": text, "ages_from": ages_from, "ages_to": ages_to, "until": until})
    announcement.save(force_insert=True)
    _link(announcement, links)
    record(AnnouncementPosted(announcement), actor=actor)
    return announcement


@transaction.atomic
def edit_announcement(
    announcement: Announcement, *, actor: Person, expected_version: int | None = None, **values: Any
) -> Announcement:
    """Change the given parts of an announcement that is still open. Who edits an old version gets both texts back."""
    announcement = Announcement.objects.lock(announcement)
    allow(can_edit_announcement(actor, announcement))
    ensure(announcement.is_open, "announcement_closed")
    links = {name: values.pop(name) for name in LINKS if name in values}
    ensure_newest(announcement, expected_version, **values)
    _write(announcement, values)
    announcement.version += 1
    announcement.save()
    _link(announcement, links)
    record(AnnouncementEdited(announcement), actor=actor)
    return announcement


@transaction.atomic
def close_announcement(announcement: Announcement, *, actor: Person) -> Announcement:
    """Found, or given up; the topic is free again."""
    announcement = Announcement.objects.lock(announcement)
    allow(can_edit_announcement(actor, announcement))
    ensure(announcement.is_open, "announcement_closed")
    change(announcement, closed_at=clock.now())
    record(AnnouncementClosed(announcement), actor=actor)
    return announcement


def _write(announcement: Announcement, values: dict[str, Any]) -> None:
    values = {name: value for name, value in values.items() if value is not None}
    for name, value in values.items():
        setattr(announcement, name, value)
    announcement.title, announcement.text = tidy(announcement.title), tidy_lines(announcement.text)
    fields.require(title=announcement.title, text=announcement.text)
    fields.limit(160, title=announcement.title)
    fields.limit(fields.TEXT_LIMIT, text=announcement.text)
    fields.check_ages(announcement.ages_from, announcement.ages_to)
    announcement.topic = fold(announcement.title)[:160]
    announcement.search_text = fold(f"{announcement.title} {announcement.text}")
    _check_topic(announcement)
    now = clock.now()
    if "until" in values:
        ensure(
            now < announcement.until <= now + timedelta(days=DAYS), "announcement_too_long", field="until", days=DAYS
        )


def _check_topic(announcement: Announcement) -> None:
    mine = Announcement.objects.open().filter(author=announcement.author, topic=announcement.topic)
    ensure(not mine.exclude(pk=announcement.pk).exists(), "announcement_open_already", field="title")


def _link(announcement: Announcement, links: dict[str, Iterable[str]]) -> None:
    for field, codes in links.items():
        assert field in LINKS, f"not part of an announcement: {field}"
        relation = getattr(announcement, field)
        fields.check_codes(field, codes, relation.model.objects.values_list("pk", flat=True))
        relation.set(codes)
