"""A project's record, and the decision of one founder country."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import Person
from backend.agencies.permissions import is_central
from backend.monitoring.activity import timeline
from backend.projects.actions import approval
from backend.projects.actions.commenting import comment_project
from backend.projects.models import Decision, Project, ProjectComment, ProjectMember, ProjectState
from backend.projects.permissions import side_of_comments, sides_for
from backend.projects.text import terms_of
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import CommentForm, DecisionForm
from dashboard.perform import perform, settled
from dashboard.templatetags.dashboard import page_of
from dashboard.views.records import notes
from dashboard.views.records.projects.offers import offered

EVENTS = 50
PARTS = {
    "title": _lazy("Title"), "summary": _lazy("Summary"), "aims": _lazy("Aims"), "process": _lazy("Work process"),
    "results": _lazy("Expected results"), "tools": _lazy("Tools"),
}  # fmt: skip
MEMBERS = ProjectMember.objects.select_related("person", "school")
DECISIONS = Decision.objects.select_related("decided_by")


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return show(request, project_of(request, pk), DecisionForm(), 200)


@require_POST
@for_officers
def approve(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, approval.approve_project, _("“%(project)s” is approved for your side."))


@require_POST
@for_officers
def request_changes(request: OfficerRequest, pk: UUID) -> HttpResponse:
    done = _("“%(project)s” went back to its founders with your comment.")
    return _decide(request, pk, approval.request_project_changes, done)


@require_POST
@for_officers
def refuse(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, approval.refuse_project, _("“%(project)s” is refused."))


@require_POST
@for_officers
def comment(request: OfficerRequest, pk: UUID) -> HttpResponse:
    project, form = project_of(request, pk), CommentForm(request.POST)
    status = perform(
        form, comment_project, project, actor=request.user, text_as="text", about=form.data.get("about", "")
    )
    done, to = _("The founders find your comment beside their text."), f"{page_of(project)}#comments"
    return settled(request, status, done, to, lambda: show(request, project, form, status))


@require_POST
@for_officers
def note(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return notes.keep(request, project_of(request, pk), show)


def _decide(request: OfficerRequest, pk: UUID, rule: Callable[..., Project], done: str) -> HttpResponse:
    project = project_of(request, pk)
    form = DecisionForm(request.POST)
    side = request.POST.get("side", "")
    status = perform(form, rule, project, actor=request.user, side=side, text_as="comment")
    done, to = done % {"project": project}, form.way_back(request, reverse("dashboard:projects"))
    return settled(request, status, done, to, lambda: show(request, project_of(request, pk), form, status))


def parts_of(path: str) -> list[Any]:
    return [Prefetch(f"{path}members", MEMBERS), Prefetch(f"{path}decisions", DECISIONS)]


def project_of(request: OfficerRequest, pk: UUID) -> Project:
    seen = Project.objects.visible_to(request.user)
    return get_object_or_404(seen.prefetch_related(*parts_of("")), pk=pk)


def show(request: OfficerRequest, project: Project, form: DecisionForm, status: int) -> HttpResponse:
    viewer = request.user
    context = {
        "project": project,
        "terms": terms_of(project),
        "partners": [member for member in project.members.all() if not member.founder_position],
        "decisions": ours_first(viewer, project),
        "earlier": [one for one in project.decisions.all() if one.round < project.round and one.decided_at],
        "sides": sides_for(viewer, project),
        "may_comment": side_of_comments(viewer, project) is not None,
        "steps": _steps(project),
        "happenings": timeline(viewer, project, limit=EVENTS),
        "must_explain": is_central(viewer),
        "way_back": form.way_back(request, ""),
        "comments": ProjectComment.objects.for_viewer(viewer).filter(project=project).select_related("author"),
        "comment_form": form if isinstance(form, CommentForm) else CommentForm(),
        "parts": PARTS,
        **offered(viewer, project),
        "note_url": reverse("dashboard:note_project", args=[project.pk]),
        **notes.forms_and_notes(viewer, project, form),
    }
    return render(request, "dashboard/records/project.html", context, status=status)


def ours_first(viewer: Person, project: Project) -> list[Decision]:
    """The decisions of this round, the reader's own side before the other."""
    covers = viewer.oversees.covers
    return sorted(project.current_decisions, key=lambda decision: (not covers(decision.country_id), decision.pk))


def _steps(project: Project) -> list[tuple[str, str]]:
    """The way of a project and where it stands: (done | now | later, the step's name)."""
    names = [_("Text of both founders"), _("Agreement of both founders"), _("Approval of the agencies"), _("Open")]
    at = {
        ProjectState.DRAFT: 0,
        ProjectState.CHANGES_REQUESTED: 0,
        ProjectState.PENDING_PARTNER: 1,
        ProjectState.PENDING_APPROVAL: 2,
        ProjectState.OPEN: 3,
    }.get(ProjectState(project.state))
    if at is None:
        return []
    return [("done" if n < at else "now" if n == at else "later", name) for n, name in enumerate(names)]
