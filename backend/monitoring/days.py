"""Days as figures mean them: in UTC, both ends counted."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Q


def during(path: str, since: date | None, until: date | None) -> Q:
    """A moment that falls into these days; open where there is none."""
    found = Q()
    if since:
        found &= Q(**{f"{path}__gte": _midnight(since)})
    if until:
        found &= Q(**{f"{path}__lt": _midnight(until + timedelta(days=1))})
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
