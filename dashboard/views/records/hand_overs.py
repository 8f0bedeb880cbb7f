"""Founders' places to be handed over: the agency confirms or refuses."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.monitoring.queues import URGENCY, hand_overs_waiting
from backend.projects.actions.handing import confirm_hand_over, refuse_hand_over
from backend.projects.models import HandOver
from backend.projects.permissions import can_confirm_hand_over
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import DONE, perform

SHOWN = 50


@require_POST
@for_officers
def confirm(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, confirm_hand_over, _("“%(project)s” is handed over."))


@require_POST
@for_officers
def refuse(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, refuse_hand_over, _("“%(project)s” is not handed over."))


def waiting(officer: Person) -> list[HandOver]:
    """What stands above the queue of projects, most urgent first."""
    loaded = hand_overs_waiting(officer).select_related("project", "giver__person", "giver__school", "taker__person")
    found = list(loaded.select_related("taker__school").order_by(*URGENCY)[:SHOWN])
    for one in found:
        one.may_decide = can_confirm_hand_over(officer, one)  # type: ignore[attr-defined]
        one.must_explain = is_central(officer)  # type: ignore[attr-defined]
    return found


def _decide(request: OfficerRequest, pk: UUID, rule: Callable[..., HandOver], done: str) -> HttpResponse:
    hand_over = get_object_or_404(HandOver.objects.visible_to(request.user), pk=pk)
    form = DecisionForm(request.POST)
    if perform(form, rule, hand_over, actor=request.user, text_as="comment") == DONE:
        messages.success(request, done % {"project": hand_over.project})
    for sentence in form.sentences():
        messages.error(request, sentence)
    return redirect("dashboard:projects")
