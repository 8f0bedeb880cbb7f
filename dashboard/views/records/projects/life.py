"""What an agency does for a project that is open already: a founder who is gone is followed, it is closed or reopened."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.projects.actions.ending import close_project, reopen_project
from backend.projects.actions.handing import hand_over_project
from backend.projects.models import Project
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm, FollowForm
from dashboard.perform import perform, settled
from dashboard.views.records.projects.record import project_of, show


@require_POST
@for_officers
def hand_over(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project = project_of(request, pk)
    form = FollowForm(project, request.POST)

    def rule(project: Project, **given: Any) -> None:
        hand_over_project(project, giver=form.cleaned_data["giver"], taker=form.cleaned_data["taker"], **given)

    done = _("The place in “%(project)s” waits to be handed over: please confirm it above the queue.")
    return _decide(request, project, form, rule, done, reverse("dashboard:projects"))


@require_POST
@for_officers
def close(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project = project_of(request, pk)
    return _decide(request, project, DecisionForm(request.POST), close_project, _("“%(project)s” is closed."))


@require_POST
@for_officers
def reopen(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project = project_of(request, pk)
    return _decide(request, project, DecisionForm(request.POST), reopen_project, _("“%(project)s” is open again."))


def _decide(
    request: OfficerRequest, project: Project, form: DecisionForm, rule: Callable[..., Any], done: str, to: str = ""
) -> HttpResponse:
    status = perform(form, rule, project, actor=request.user, text_as="reason")
    done, to = done % {"project": project}, to or reverse("dashboard:project", args=[project.pk])
    return settled(request, status, done, to, lambda: show(request, project_of(request, project.pk), form, status))
