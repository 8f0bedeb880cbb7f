"""Pages that stay right while rows come and go: each begins after the last row of the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import AutoField, Q, QuerySet
from django.http import Http404, HttpRequest

from backend.monitoring.queues import URGENCY

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some rows, and the links to the first and the next ones."""

    rows: list[Any]
    first: str
    next: str


def most_urgent(request: HttpRequest, queue: QuerySet[Any]) -> Page:
    """Rows with a due date in the order of urgency."""
    after = request.GET.get("after", "")
    if after:
        queue = queue.filter(_later(after))
    return _page(request, list(queue.order_by(*URGENCY)[: PAGE + 1]), lambda row: f"{_due(row)}~{row.pk}")


def newest(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """Rows by the time they were made."""
    after = request.GET.get("after", "")
    if after:
        rows = rows.filter(pk__lt=_number(after) if isinstance(rows.model._meta.pk, AutoField) else _uuid(after))
    return _page(request, list(rows.order_by("-pk")[: PAGE + 1]), lambda row: str(row.pk))


def _page(request: HttpRequest, rows: list[Any], place: Callable[[Any], str]) -> Page:
    filters = {name: value for name, value in request.GET.items() if value and name != "after"}
    first = f"?{urlencode(filters)}" if "after" in request.GET else ""
    if len(rows) <= PAGE:
        return Page(rows, first, "")
    shown = rows[:PAGE]
    return Page(shown, first, f"?{urlencode({**filters, 'after': place(shown[-1])})}")


def _due(row: Any) -> str:
    return row.due_at.isoformat() if row.due_at else ""


def _later(after: str) -> Q:
    due, _, key = after.partition("~")
    if not due:
        return Q(due_at=None, pk__gt=_uuid(key))
    moment = _moment(due)
    return Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=_uuid(key)) | Q(due_at=None)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404
    return int(text)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if moment.tzinfo is None:
        raise Http404
    return moment
