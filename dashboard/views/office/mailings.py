"""Messages to teachers: the list, writing one, and what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.agencies.models import Agency
from backend.core.guards import Refused, allow
from backend.mailings.actions.sending import cancel_mailing, send_mailing
from backend.mailings.actions.writing import draft_mailing, edit_mailing, remove_audience
from backend.mailings.models import Mailing, MailingAudience, counts_of
from backend.mailings.permissions import agency_of, can_write_mailing
from backend.mailings.search import audience
from backend.monitoring.activity import timeline
from dashboard.access import OfficerRequest, for_officers
from dashboard.forms.office.mailings import MailingForm, SendForm, told
from dashboard.paging import newest
from dashboard.perform import DONE, perform, settled

EVENTS = 20


@require_safe
@for_officers
def every(request: OfficerRequest) -> HttpResponse:
    seen = Mailing.objects.visible_to(request.user).select_related("agency__country", "written_by")
    agency = agency_of(request.user)
    kept = MailingAudience.objects.visible_to(request.user).order_by("name") if agency else []
    context = {"page": newest(request, seen), "may_write": agency is not None, "kept": kept}
    return render(request, "dashboard/office/mailings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def write(request: OfficerRequest) -> HttpResponse:
    agency = agency_of(request.user)
    if agency is None:
        raise Refused("not_permitted")
    return _written(request, agency, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def edit(request: OfficerRequest, pk: UUID) -> HttpResponse:
    mailing = _mailing(request, pk)
    allow(can_write_mailing(request.user, mailing.agency_id))
    if not mailing.is_draft:
        return redirect("dashboard:mailing", pk)
    return _written(request, mailing.agency, mailing)


@require_safe
@for_officers
def record(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _record(request, _mailing(request, pk), SendForm(), 200)


@require_POST
@for_officers
def send(request: OfficerRequest, pk: UUID) -> HttpResponse:
    form = SendForm(request.POST)

    def rule(mailing: Mailing, **given: Any) -> Mailing:
        return send_mailing(mailing, at=form.cleaned_data["at"], **given)

    return _act(request, pk, form, rule, _("“%(message)s” will be sent. Until then you can cancel it."))


@require_POST
@for_officers
def cancel(request: OfficerRequest, pk: UUID) -> HttpResponse:
    return _act(request, pk, SendForm({}), cancel_mailing, _("“%(message)s” is cancelled: nobody gets it."))


@require_POST
@for_officers
def remove_filters(request: OfficerRequest, pk: UUID) -> HttpResponse:
    kept = get_object_or_404(MailingAudience.objects.visible_to(request.user), pk=pk)
    remove_audience(kept, actor=request.user)
    messages.success(request, _("The filters “%(name)s” are removed.") % {"name": kept})
    return redirect("dashboard:mailings")


def _act(request: OfficerRequest, pk: UUID, form: SendForm, rule: Callable[..., Mailing], done: str) -> HttpResponse:
    mailing = _mailing(request, pk)
    status = perform(form, rule, mailing, actor=request.user)
    done, to = done % {"message": mailing}, reverse("dashboard:mailing", args=[pk])
    return settled(request, status, done, to, lambda: _record(request, _mailing(request, pk), form, status))


def _written(request: OfficerRequest, agency: Agency, mailing: Mailing | None) -> HttpResponse:
    """The form, filled in on demand, and what the rule says of it."""
    viewer = request.user
    if request.method != "POST":
        form = MailingForm.filled(viewer, agency, mailing) if mailing else MailingForm(viewer, agency)
        return _form(request, form, mailing, 200)
    if request.POST.get("step") == "fill":
        return _form(request, MailingForm.taken(viewer, agency, request.POST), mailing, 200)
    form = MailingForm(viewer, agency, request.POST)
    saved: list[Mailing] = []

    def rule() -> None:
        kept = form.cleaned_data["save_as"]
        given: dict[str, Any] = {
            "actor": viewer, "words": form.words, "criteria": form.criteria, "keep_as": kept,
        }  # fmt: skip
        if mailing:
            given["expected_version"] = form.cleaned_data["expected_version"]
        saved.append(edit_mailing(mailing, **given) if mailing else draft_mailing(agency, **given))

    status = perform(form, rule)
    if status != DONE:
        return _form(request, form, mailing, status)
    messages.success(request, _("The draft is kept. Read it once more below; nobody has got it yet."))
    return redirect("dashboard:mailing", saved[0].pk)


def _form(request: OfficerRequest, form: MailingForm, mailing: Mailing | None, status: int) -> HttpResponse:
    return render(request, "dashboard/office/mailing_form.html", {"form": form, "mailing": mailing}, status=status)


def _mailing(request: OfficerRequest, pk: UUID) -> Mailing:
    seen = Mailing.objects.visible_to(request.user).select_related("agency__country", "written_by")
    return get_object_or_404(seen.prefetch_related("texts"), pk=pk)


def _record(request: OfficerRequest, mailing: Mailing, form: SendForm, status: int) -> HttpResponse:
    context = {
        "mailing": mailing,
        "form": form,
        "may_send": can_write_mailing(request.user, mailing.agency_id),
        "reaches": audience(mailing.agency, mailing.criteria).count() if mailing.is_draft else None,
        "counts": None if mailing.is_draft else counts_of(mailing),
        "criteria": told(mailing.criteria),
        "happenings": timeline(request.user, mailing, limit=EVENTS),
    }
    return render(request, "dashboard/office/mailing.html", context, status=status)
