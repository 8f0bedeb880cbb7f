"""Founders' places to be handed over, above the queue of projects: the agency confirms or refuses."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.projects.actions.handing import confirm_hand_over, refuse_hand_over
from backend.projects.models import HandOver
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import BulkForm, DecisionForm
from dashboard.perform import perform, settled
from dashboard.views.queues.kinds.handing import Typed
from dashboard.views.queues.kinds.projects import PROJECTS
from dashboard.views.queues.queue import show


@require_POST
@for_officers
def confirm(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, confirm_hand_over, _("“%(project)s” is handed over."))


@require_POST
@for_officers
def refuse(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, refuse_hand_over, _("“%(project)s” is not handed over."))


def _decide(request: OfficerRequest, pk: UUID, rule: Callable[..., HandOver], done: str) -> HttpResponse:
    hand_over = get_object_or_404(HandOver.objects.visible_to(request.user), pk=pk)
    form = DecisionForm(request.POST)
    status = perform(form, rule, hand_over, actor=request.user, text_as="comment")
    done, to = done % {"project": hand_over.project}, reverse("dashboard:projects")
    return settled(request, status, done, to, lambda: show(request, PROJECTS, BulkForm(), status, Typed(form, pk)))
