"""The texts that an agency keeps ready."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.agencies.actions.texts import remove_text, write_text
from backend.agencies.models import Agency, ReadyText
from backend.agencies.permissions import can_write_texts
from backend.core.guards import allow
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.office.settings import TextForm
from dashboard.perform import perform, settled


@require_safe
@for_officers
def every(request: OfficerRequest) -> HttpResponse:
    texts = ReadyText.objects.visible_to(request.user).order_by("use", "language", "title")
    context = {"texts": texts, "may_write": can_write_texts(request.user, _own(request).pk)}
    return render(request, "dashboard/office/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def write(request: OfficerRequest) -> HttpResponse:
    allow(can_write_texts(request.user, _own(request).pk))
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def edit(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _written(request, _text(request, pk))


@require_POST
@for_officers
def remove(request: OfficerRequest, pk: UUID) -> HttpResponse:
    ready = _text(request, pk)
    remove_text(ready, actor=request.user)
    messages.success(request, _("“%(title)s” is removed.") % {"title": ready})
    return redirect("dashboard:texts")


def _written(request: OfficerRequest, ready: ReadyText | None) -> HttpResponse:
    if request.method != "POST":
        given = TextForm.read_from(ready) if ready else {"use": request.GET.get("use", "")}
        form = TextForm(initial=given)
        return _form(request, form, ready, 200)
    form = TextForm(request.POST)
    status = perform(form, lambda: write_text(_own(request), actor=request.user, ready=ready, **form.cleaned_data))
    done, to = _("The text is ready."), reverse("dashboard:texts")
    return settled(request, status, done, to, lambda: _form(request, form, ready, status))


def _form(request: OfficerRequest, form: TextForm, ready: ReadyText | None, status: int) -> HttpResponse:
    context = {"form": form, "ready": ready, "may_write": can_write_texts(request.user, _own(request).pk)}
    return render(request, "dashboard/office/text.html", context, status=status)


def _text(request: OfficerRequest, pk: UUID) -> ReadyText:
    return get_object_or_404(ReadyText.objects.visible_to(request.user), pk=pk)


def _own(request: OfficerRequest) -> Agency:
    agency: Agency = request.user.officer.agency
    return agency
