"""The rows behind a figure."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from backend.monitoring.days import during
from backend.monitoring.models import Work
from backend.monitoring.permissions import can_read_statistics
from backend.monitoring.queues import all_of, narrowed
from backend.monitoring.statistics.rows import BEHIND, Asked
from backend.schools.countries import PARTICIPANTS
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.periods import ALL, DraftedFilters, place
from dashboard.paging import newest
from dashboard.tables import WAITING, cells, columns_of, loaded
from dashboard.templatetags.dashboard import page_of

CAP = 1000


@require_safe
@for_officers
def rows(request: OfficerRequest, country: str, name: str) -> HttpResponse:
    """A figure of a country of another agency does not exist, nor does one of all countries for an agency."""
    asked = asked_by(request, country)
    title, found = behind(request, name, asked)
    page = newest(request, loaded(found))
    columns = columns_of(found)
    context = {
        "name": name,
        "title": title,
        "place": place(asked.country),
        "asked": asked,
        "total": total(found),
        "columns": [column.title for column in columns],
        "rows": [(page_of(_record(row)), cells(columns, row)) for row in page.rows],
        "page": page,
        "query": urlencode({key: value for key, value in request.GET.items() if key != "after"}),
        "country": country,
        "back": f"{reverse('dashboard:statistics')}?{urlencode({'country': asked.country})}",
    }
    return render(request, "dashboard/monitor/rows.html", context)


def asked_by(request: OfficerRequest, country: str) -> Asked:
    filters = DraftedFilters(request, request.user)
    return Asked(readable(request, country), request.GET.get("code", ""), **filters.window)


def readable(request: OfficerRequest, country: str) -> str:
    """The code of a country whose figures this officer reads; blank for all of them."""
    if country == ALL and request.user.oversees.everywhere:
        return ""
    if country not in PARTICIPANTS or not can_read_statistics(request.user, country):
        raise Http404
    return country


def behind(request: OfficerRequest, name: str, asked: Asked) -> tuple[str | Promise, QuerySet[Any]]:
    if name in BEHIND:
        return BEHIND[name].title, BEHIND[name].find(asked)
    if name not in WAITING:
        raise Http404
    queue = narrowed(all_of(request.user)[name.removeprefix("waiting_")], country=asked.country)
    return WAITING[name], queue.filter(during("waiting_since", asked.since, asked.until))


def total(found: QuerySet[Any]) -> int:
    """Counted no further than needed to say that it is more than 1,000."""
    if found.model is Work:
        return int(found.aggregate(total=Sum("number"))["total"] or 0)
    return min(found.order_by().values("pk")[: CAP + 1].count(), CAP + 1)


def _record(row: Any) -> Any:
    """The thing whose page tells more."""
    return row.workspace.project if isinstance(row, Work) else getattr(row, "project", row)
