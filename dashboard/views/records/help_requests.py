"""A question from a school, and the conversation that follows."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backend.moderation.actions import help as helping
from backend.moderation.models import HelpRequest
from backend.moderation.permissions import can_answer_help, is_not_closed
from backend.monitoring.activity import timeline
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import perform, settled

EVENTS = 50


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _request(request, pk), DecisionForm(), 200)


@require_POST
@for_officers
def answer(request: OfficerRequest, pk: UUID) -> HttpResponse:
    asked, form = _request(request, pk), DecisionForm(request.POST)
    status = perform(form, helping.answer_help, asked, actor=request.user, text_as="text")
    return _after(request, pk, form, status, _("Your answer is on its way."))


@require_POST
@for_officers
def close(request: OfficerRequest, pk: UUID) -> HttpResponse:
    asked, form = _request(request, pk), DecisionForm(request.POST)
    status = perform(form, helping.close_help, asked, actor=request.user)
    return _after(request, pk, form, status, _("The question is closed."))


def _after(request: OfficerRequest, pk: UUID, form: DecisionForm, status: int, done: str) -> HttpResponse:
    to = form.way_back(request, reverse("dashboard:help"))
    return settled(request, status, done, to, lambda: _record(request, _request(request, pk), form, status))


def _request(request: OfficerRequest, pk: UUID) -> HelpRequest:
    seen = HelpRequest.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("asker__school", "project"), pk=pk)


def _record(request: OfficerRequest, asked: HelpRequest, form: DecisionForm, status: int) -> HttpResponse:
    context = {
        "help_request": asked,
        "conversation": asked.messages.select_related("author"),
        "happenings": timeline(request.user, asked, limit=EVENTS),
        "may_answer": can_answer_help(request.user, asked) and is_not_closed(asked),
        "form": form,
        "way_back": form.way_back(request, ""),
    }
    return render(request, "dashboard/records/help.html", context, status=status)
