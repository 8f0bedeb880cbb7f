"""Views of a queue that officers keep, for themselves or their agency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.desk import actions
from backend.desk.models import SavedView
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.decisions import ViewForm
from dashboard.perform import DONE, perform
from dashboard.views.queues.kinds.every import kind_of


@require_POST
@for_officers
def save(request: OfficerRequest, name: str) -> HttpResponse:
    kind_of(name)
    form = ViewForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    if perform(form, actions.save_view, name, actor=request.user, **given) == DONE:
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": given["name"]})
    for sentence in form.sentences():
        messages.error(request, sentence)
    return redirect(f"{reverse(f'dashboard:{name}')}?{given.get('query', '')}")


@require_POST
@for_officers
def remove(request: OfficerRequest, pk: UUID) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    form = ViewForm({"name": view.name})
    if perform(form, actions.remove_view, view, actor=request.user) == DONE:
        messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
    for sentence in form.sentences():
        messages.error(request, sentence)
    return redirect(f"dashboard:{view.queue}")
