"""Appeals against a warning, suspension or ban: the list, and another officer's decision."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.moderation.actions.sanctions import decide_appeal
from backend.moderation.models import Appeal, AppealState
from backend.moderation.permissions import can_decide_appeal, has_part_in
from backend.monitoring.activity import timeline
from backend.monitoring.queues import soon
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import AppealForm
from dashboard.paging import most_urgent, newest
from dashboard.perform import perform, settled

EVENTS = 50
DECIDED = "decided"


@require_safe
@for_officers
def every(request: OfficerRequest) -> HttpResponse:
    is_past = request.GET.get("state") == DECIDED
    found = _seen(request)
    found = found.exclude(state=AppealState.OPEN) if is_past else found.filter(state=AppealState.OPEN)
    page = newest(request, found) if is_past else most_urgent(request, found)
    return render(request, "dashboard/records/appeals.html", {"page": page, "is_past": is_past, "soon": soon()})


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _appeal(request, pk), AppealForm(), 200)


@require_POST
@for_officers
def decide(request: OfficerRequest, pk: UUID) -> HttpResponse:
    appeal, form = _appeal(request, pk), AppealForm(request.POST)
    upheld = form.data.get("verdict") == AppealState.UPHELD
    status = perform(form, decide_appeal, appeal, actor=request.user, upheld=upheld, text_as="reason")
    done = _("The decision stands.") if upheld else _("The decision is overturned.")
    to = reverse("dashboard:appeals")
    return settled(request, status, done, to, lambda: _record(request, _appeal(request, pk), form, status))


def _seen(request: OfficerRequest) -> QuerySet[Appeal]:
    """Of the officer's countries; one's own appeal is not for this desk."""
    mine = Appeal.objects.visible_to(request.user).filter(request.user.oversees.where("sanction__country"))
    return mine.select_related("sanction__person", "sanction__issued_by", "sanction__confirmed_by", "decided_by")


def _appeal(request: OfficerRequest, pk: UUID) -> Appeal:
    return get_object_or_404(_seen(request).select_related("sanction__report"), pk=pk)


def _record(request: OfficerRequest, appeal: Appeal, form: AppealForm, status: int) -> HttpResponse:
    viewer = request.user
    may = can_decide_appeal(viewer, appeal)
    context = {
        "appeal": appeal,
        "sanction": appeal.sanction,
        "is_waiting": appeal.state == AppealState.OPEN,
        "may_decide": may and not has_part_in(viewer, appeal.sanction),
        "had_part": may and has_part_in(viewer, appeal.sanction),
        "happenings": timeline(viewer, appeal, limit=EVENTS),
        "form": form,
    }
    return render(request, "dashboard/records/appeal.html", context, status=status)
