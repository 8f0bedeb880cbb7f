"""Reminding the other office of a project that waits for its decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.desk.actions import nudge_agency
from backend.projects.models import Decision, Project
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import DONE, perform


@require_POST
@for_officers
def nudge(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), pk=pk)
    sides = Decision.objects.filter(project=project, round=project.round)
    decision = get_object_or_404(sides, country=request.POST.get("side", ""))
    form = DecisionForm(request.POST)
    if perform(form, nudge_agency, decision, actor=request.user) == DONE:
        messages.success(request, _("The other agency is reminded."))
    for sentence in form.sentences():
        messages.error(request, sentence)
    return redirect("dashboard:project", pk)
