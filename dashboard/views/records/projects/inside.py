"""A project's workspace, which an officer opens for a reason that its teachers read."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from backend.core.guards import allow
from backend.moderation.actions.looks import look_inside
from backend.moderation.inside import SHOWN, last_things
from backend.moderation.models import Look
from backend.moderation.permissions import can_look_inside
from backend.projects.models import OPENED, Project
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import DecisionForm
from dashboard.perform import DONE, perform
from dashboard.views.records.projects.record import project_of

LOOKS = 20


@require_safe
@for_officers
def inside(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Where the reason is asked for. What is inside has no address: it answers the form only."""
    project = project_of(request, pk)
    allow(can_look_inside(request.user, project))
    if project.state not in OPENED:
        raise Http404
    return _inside(request, project, DecisionForm(), 200)


@require_POST
@for_officers
def look(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project, form = project_of(request, pk), DecisionForm(request.POST)
    return _inside(request, project, form, perform(form, look_inside, project, actor=request.user, text_as="reason"))


def _inside(request: OfficerRequest, project: Project, form: DecisionForm, status: int) -> HttpResponse:
    is_open = form.is_bound and status == DONE
    looks = Look.objects.visible_to(request.user).filter(workspace__project=project).select_related("officer")
    context = {
        "project": project,
        "form": form,
        "is_open": is_open,
        "things": last_things(project.workspace) if is_open else [],
        "shown": SHOWN,
        "looks": looks.order_by("-pk")[:LOOKS],
    }
    return render(request, "dashboard/records/inside.html", context, status=status)
