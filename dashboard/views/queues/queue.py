"""A queue as an officer works through it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.core import clock
from backend.desk.cases import colleagues, officers_of, waiting
from backend.desk.models import SavedView
from backend.desk.permissions import can_remove_view, can_take_cases
from backend.monitoring.queues import soon
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import BulkForm
from dashboard.menu import backlogs
from dashboard.paging import most_urgent
from dashboard.views.queues.kinds.every import kind_of
from dashboard.views.queues.kinds.handing import Typed, hand_overs
from dashboard.views.queues.kinds.kind import Kind
from dashboard.views.queues.kinds.projects import PROJECTS


@require_safe
@for_officers
def queue(request: OfficerRequest, name: str) -> HttpResponse:
    return show(request, kind_of(name), BulkForm(), 200)


def show(request: OfficerRequest, kind: Kind, bulk: BulkForm, status: int, typed: Typed | None = None) -> HttpResponse:
    """The queue; after a refused decision with what was chosen and typed."""
    viewer = request.user
    filters = kind.filters(request, viewer)
    page = most_urgent(request, kind.load(filters.narrow(waiting(viewer, kind.name))))
    kind.prepare(viewer, page.rows)
    takers = officers_of(page.rows)
    for row in page.rows:
        row.officer_in_charge = takers.get(row.pk)
    may_take = can_take_cases(viewer)
    context = {
        "kind": kind,
        "filters": filters,
        "page": page,
        "soon": soon(),
        "now": clock.now(),
        "seen": backlogs(request)[kind.name].waiting,
        "views": _views(request, kind, filters.query),
        "may_take": may_take,
        "colleagues": colleagues(viewer) if may_take and page.rows else (),
        "bulk": bulk,
        "chosen": bulk.keys,
        "hand_overs": hand_overs(viewer) if kind is PROJECTS else (),
        "typed": typed,
    }
    return render(request, "dashboard/queues/queue.html", context, status=status)


def _views(request: OfficerRequest, kind: Kind, query: str) -> list[Any]:
    """Saved views of this queue, and which of them is open."""
    views = list(SavedView.objects.visible_to(request.user).filter(queue=kind.name))
    for view in views:
        view.is_open = view.query == query  # type: ignore[attr-defined]
        view.may_remove = can_remove_view(request.user, view)  # type: ignore[attr-defined]
    return views
